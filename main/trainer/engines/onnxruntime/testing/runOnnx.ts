// Runs a program in ONNX Runtime on a provider, for the conformance suites: each program a session of its own.

import ort, { type InferenceSession } from 'onnxruntime-node';
import type { DType } from '../../../../../shared/tensor/types.ts';
import { emitOnnx, type OnnxOptions } from '../../../../emit/onnx/emit.ts';
import type { RunProgram } from '../../testing/conformance.ts';

const arrayOf: Readonly<Record<DType, (data: Float64Array) => Float32Array | Int32Array | Uint8Array>> = {
  float32: (data) => Float32Array.from(data),
  int32: (data) => Int32Array.from(data),
  uint8: (data) => Uint8Array.from(data),
  bool: (data) => Uint8Array.from(data),
};

/** @param emission how the program is written, asked when the first one is */
export const runOnnx =
  (session: InferenceSession.SessionOptions, emission: () => OnnxOptions | Promise<OnnxOptions>): RunProgram =>
  async (program, inputs) => {
    const opened = await ort.InferenceSession.create(emitOnnx(program, await emission()), session);
    try {
      const feeds = Object.fromEntries(
        program.inputs.map(({ name, tensor }) => [
          name,
          new ort.Tensor(tensor.dtype, arrayOf[tensor.dtype](inputs[name]?.data ?? new Float64Array()) as Float32Array, tensor.shape),
        ]),
      );
      const results = await opened.run(feeds);
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Array.from(tensor.data as Float32Array, Number)]));
    } finally {
      await opened.release();
    }
  };

/** How the suites open a session on the CPU. */
export const onCpu: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'all',
  intraOpNumThreads: 1,
  logSeverityLevel: 3,
};
