// TensorFlow against the reference interpreter: every operation, every layer and loss, forward and backward, and a step of every optimizer.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import { numericArray } from '../../../../shared/tensor/interpret.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import { installedEngine } from '../../../files/installedEngine.ts';
import { ROWS } from '../../../emit/graphdef/columns.ts';
import { nextName } from '../../../emit/onnx/emit.ts';
import { ResidentRows } from '../../rows.ts';
import { proveLayers, proveOperations, type Numbers, type RunProgram } from '../testing/conformance.ts';
import { proveConvolutions } from '../testing/convolutionConformance.ts';
import { proveDrawing } from '../testing/drawnConformance.ts';
import { proveRandomLayers } from '../testing/randomConformance.ts';
import { proveNetworks } from '../testing/networkConformance.ts';
import { proveSessions } from '../testing/sessionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from '../testing/trainingConformance.ts';
import { Columns } from './columns.ts';
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
      // On a card this is what decides whether its recurrent kernels are right; the engine itself asks first (cudnn.ts).
      kernels: { cudnn: installed?.device === 'gpu', device: installed?.device ?? 'cpu' },
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

/** Ten rows of three numbers in two parts, loaded three at a time. */
async function proveColumn(tensorflow: Tensorflow, dtype: 'uint8' | 'int32' | 'float32'): Promise<void> {
  const numbers = new { uint8: Uint8Array, int32: Int32Array, float32: Float32Array }[dtype](Array.from({ length: 30 }, (_, i) => i * 8));
  const part = (first: number, last: number) => new ResidentRows({ count: last - first, columns: { x: numbers.subarray(first * 3, last * 3) } });
  const data = { columns: { x: { size: 3, dtype } }, parts: { train: part(0, 7), test: part(7, 10) } };
  const columns = new Columns(data, 1000, 3 * 3 * numbers.BYTES_PER_ELEMENT);
  const builder = createBuilder();
  const x = builder.input('x', [4, 3], dtype, { kind: 'data' });
  const program = builder.build([{ name: 'y', tensor: builder.cast(x, { dtype: 'float32' }) }]);
  const model = await Model.load(tensorflow, { state: [], programs: { [SIGNATURE]: program }, randomKey: null, columns: columns.kept });
  columns.load(model);
  const rows = feedBuffer('int32', [4]);
  rows.values.set([9, 0, columns.offset('test'), 6]);
  expect(Array.from(model.run(SIGNATURE, { [ROWS]: rows })['y'] ?? [])).toEqual([27, 28, 29, 0, 1, 2, 21, 22, 23, 18, 19, 20].map((i) => i * 8));
  model.close();
}

/** Arithmetic with such numbers costs many times as much, and squares of small gradients are such numbers. */
async function proveFlushing(run: RunProgram): Promise<void> {
  const builder = createBuilder();
  const x = builder.input('x', [4], 'float32', { kind: 'data' });
  const program = builder.build([{ name: 'y', tensor: builder.multiply(x, x) }]);
  const small = numericArray([4], [1e-20, 1e-21, 1e-22, 1]);
  expect((await run(program, { x: small }))['y']).toEqual([0, 0, 0, 1]);
}

if (folder && installed) {
  const tensorflow = await loadTensorflow(join(folder, installed.addon), { count: 1, beside: false });
  const run = runIn(tensorflow);
  describe('operations', () => proveOperations(run, 8));
  describe('layers', () => proveLayers(run, 5));
  describe('convolutions', () => proveConvolutions(run));
  describe('losses', () => proveLosses(run));
  describe('metrics', () => proveMetrics(run));
  describe('optimizers', () => proveOptimizers(run));
  describe('sessions that keep the data', () => proveSessions(() => tensorflowEngine(folder, installed)));
  describe('sessions that are fed', () => proveSessions(() => tensorflowEngine(folder, installed, 0)));
  describe('layers that draw', () => proveDrawing(() => tensorflowEngine(folder, installed)));
  describe('random layers', () => proveRandomLayers(() => tensorflowEngine(folder, installed)));
  describe('random networks', () => proveNetworks(() => tensorflowEngine(folder, installed)));
  it('numbers below float32’s normal range are zero', () => proveFlushing(run));
  it.each(['uint8', 'int32', 'float32'] as const)('a kept column of %s gives the rows asked for', (dtype) => proveColumn(tensorflow, dtype));
} else {
  it('TensorFlow is absent here: npm test installs it, or set NETWRIGHT_TEST_TENSORFLOW to the folder of an installed engine', () => {
    // Where a folder was named, what lies in it must work.
    expect(folder ?? null).toBeNull();
  });
}
