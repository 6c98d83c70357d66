// ONNX Runtime on the CPU against the reference interpreter: every operation, every layer and loss, forward and backward, and a step of every optimizer.

import ort from 'onnxruntime-node';
import { describe } from 'vitest';
import type { DType } from '../../../../shared/tensor/types.ts';
import { emitOnnx } from '../../../emit/onnx/emit.ts';
import { channelBlock } from './channelBlock.ts';
import { proveConvolutions } from '../testing/convolutionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from '../testing/trainingConformance.ts';
import { proveLayers, proveOperations, type RunProgram } from '../testing/conformance.ts';
import { proveSessions } from '../testing/sessionConformance.ts';
import { onnxruntimeEngine } from './index.ts';

const arrayOf: Readonly<Record<DType, (data: Float64Array) => Float32Array | Int32Array | Uint8Array>> = {
  float32: (data) => Float32Array.from(data),
  int32: (data) => Int32Array.from(data),
  uint8: (data) => Uint8Array.from(data),
  bool: (data) => Uint8Array.from(data),
};

const run: RunProgram = async (program, inputs) => {
  const session = await ort.InferenceSession.create(emitOnnx(program, { channelBlock: await channelBlock() }), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = Object.fromEntries(
    program.inputs.map(({ name, tensor }) => [
      name,
      new ort.Tensor(tensor.dtype, arrayOf[tensor.dtype](inputs[name]?.data ?? new Float64Array()) as Float32Array, tensor.shape),
    ]),
  );
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Array.from(tensor.data as Float32Array, Number)]));
};

describe('operations', () => proveOperations(run, 8));
describe('layers', () => proveLayers(run, 8));
describe('convolutions', () => proveConvolutions(run));
describe('losses', () => proveLosses(run));
describe('metrics', () => proveMetrics(run));
describe('optimizers', () => proveOptimizers(run));
describe('sessions', () => proveSessions(() => onnxruntimeEngine));
