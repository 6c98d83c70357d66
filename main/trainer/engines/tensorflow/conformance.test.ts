// TensorFlow against the reference interpreter: every operation, every layer and loss, forward and backward, and a step of every optimizer.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../../shared/tensor/types.ts';
import { installedEngine } from '../../../files/installedEngine.ts';
import { nextName } from '../../../emit/onnx/emit.ts';
import { proveLayers, proveOperations, type Numbers, type RunProgram } from '../testing/conformance.ts';
import { proveConvolutions } from '../testing/convolutionConformance.ts';
import { proveSessions } from '../testing/sessionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from '../testing/trainingConformance.ts';
import { tensorflowEngine } from './index.ts';
import { loadTensorflow, type Tensorflow } from './library.ts';
import { type FeedBuffer, feedBuffer } from './modelTensor.ts';
import { Model, type Results } from './model.ts';

const SIGNATURE = 'program';
const folder = process.env.NETWRIGHT_TEST_TENSORFLOW;
const installed = folder ? installedEngine(folder) : null;

function feedsOf(program: Program, numbers: Numbers): Record<string, FeedBuffer> {
  const fed = program.inputs.filter(({ role }) => role.kind !== 'state');
  return Object.fromEntries(
    fed.map(({ name, tensor }) => {
      const buffer = feedBuffer(tensor.dtype, tensor.shape);
      buffer.values.set(numbers[name]?.data ?? []);
      return [name, buffer];
    }),
  );
}

/** As in training: state in variables, what is updated read back from them. */
const runIn =
  (tensorflow: Tensorflow): RunProgram =>
  async (program, numbers) => {
    const state = program.inputs.filter(({ role }) => role.kind === 'state');
    const model = await Model.load(tensorflow, {
      state: state.map(({ name, tensor }) => ({ name, shape: tensor.shape })),
      programs: { [SIGNATURE]: program },
      randomKey: null,
    });
    model.assign(new Map(state.map(({ name }) => [name, Float32Array.from(numbers[name]?.data ?? [])])));
    const outputs: Results = model.run(SIGNATURE, feedsOf(program, numbers));
    const after = model.read();
    model.close();
    const all: [string, ArrayLike<number>][] = [
      ...Object.entries(outputs),
      ...program.updates.map(({ name }): [string, ArrayLike<number>] => [nextName(name), after.get(name) ?? []]),
    ];
    return Object.fromEntries(all.map(([name, values]) => [name, Array.from(values, Number)]));
  };

if (folder && installed) {
  const run = runIn(loadTensorflow(join(folder, installed.addon), { count: 1, beside: false }));
  describe('operations', () => proveOperations(run, 8));
  describe('layers', () => proveLayers(run, 8));
  describe('convolutions', () => proveConvolutions(run));
  describe('losses', () => proveLosses(run));
  describe('metrics', () => proveMetrics(run));
  describe('optimizers', () => proveOptimizers(run));
  describe('sessions', () => proveSessions(() => tensorflowEngine(folder, installed)));
} else {
  it('TensorFlow is absent here: npm test installs it, or set NETWRIGHT_TEST_TENSORFLOW to the folder of an installed engine', () => {
    // Where a folder was named, what lies in it must work.
    expect(folder ?? null).toBeNull();
  });
}
