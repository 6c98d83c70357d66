// Graphs for providers that run a Loop: a training step's graph runs any number of steps in one call, its state inside.

import type { InferenceSession } from 'onnxruntime-node';
import type { Program } from '../../../../shared/tensor/types.ts';
import { emitOnnx } from '../../../emit/onnx/emit.ts';
import { emitOnnxSteps } from '../../../emit/onnx/emitSteps.ts';
import { inSpelledOperations } from '../../../emit/onnx/instructions.ts';
import { channelBlock } from './channelBlock.ts';
import type { Write } from './graphs.ts';
import { threadsFor } from './threads.ts';

export type LoopProvider = 'cpu' | 'cuda' | 'dml';

const convolves = ({ instructions }: Program): boolean => instructions.some(({ operation }) => operation.startsWith('conv2d'));

const optionsFor = (provider: LoopProvider, threads: number): InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  graphOptimizationLevel: 'all',
  intraOpNumThreads: threads,
  logSeverityLevel: 3,
  // DirectML asks for this.
  ...(provider === 'dml' ? { enableMemPattern: false, executionMode: 'sequential' } : {}),
  extra: {
    session: {
      // Squares of small gradients fall below float32's normal range, where arithmetic is many times slower; TensorFlow flushes them too.
      set_denormal_as_zero: '1',
      // Waiting threads spin for 100 µs, then sleep: spinning on (the default) gains nothing measurable and halves the speed beside anything else,
      // such as the window; sleeping at once costs up to a third on the many short operations of a small network.
      intra_op: { spin_duration_us: '100' },
    },
  },
});

/** How programs are written for a provider. */
export const writeLoops =
  (provider: LoopProvider, threads: number): Write =>
  async (name, given) => {
    const program = inSpelledOperations(given);
    const emission = provider === 'cpu' ? { tiles: true, channelBlock: convolves(program) ? await channelBlock() : 0 } : {};
    return {
      model: name === 'trainStep' ? emitOnnxSteps(program, emission) : emitOnnx(program, emission),
      options: optionsFor(provider, threadsFor(program, threads)),
    };
  };
