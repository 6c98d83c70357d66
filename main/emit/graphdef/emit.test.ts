// Which kernels of TensorFlow's do several instructions' work. That they give the right numbers is proved by running them (trainer/engines/testing).

import { expect, test } from 'vitest';
import { createBuilder } from '../../../shared/tensor/builder.ts';
import { gradients } from '../../../shared/tensor/gradient.ts';
import type { Program, Tensor } from '../../../shared/tensor/types.ts';
import { inSpelledOperations } from './emit.ts';
import { emitTrainingModel } from './trainingModel.ts';

const data = { kind: 'data' } as const;
/** Whether a model's file names an operation of TensorFlow's. */
function kernels(program: Program, names: readonly string[]): readonly boolean[] {
  const file = Buffer.from(emitTrainingModel({ state: [], programs: { program }, randomKey: null }).model);
  return names.map((name) => file.includes(name));
}

function normalized(): Program {
  const builder = createBuilder();
  const x = builder.input('x', [6, 2], 'float32', data);
  const [y, mean] = builder.batchNormalize(x, builder.constant(1, [2]), builder.constant(0, [2]), { epsilon: 0.01 }) as [Tensor, Tensor];
  const [byX] = gradients(builder, builder.reduceSum(builder.exp(y), { axes: [0, 1] }), [x]) as [Tensor];
  return builder.build(Object.entries({ mean, byX }).map(([name, tensor]) => ({ name, tensor })));
}

function remembered(activation: string): Program {
  const builder = createBuilder();
  const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
  const kernel = input('k', [3, 8]);
  const [sequence] = builder.lstm(input('x', [4, 5, 3]), kernel, input('r', [2, 8]), input('b', [8]), { activation }) as [Tensor];
  const [byKernel] = gradients(builder, builder.reduceSum(sequence, { axes: [0, 1, 2] }), [kernel]) as [Tensor];
  return builder.build([{ name: 'byKernel', tensor: byKernel }]);
}

test('batch normalization is one kernel forward and one backward', () => {
  expect(kernels(normalized(), ['FusedBatchNormV3', 'FusedBatchNormGradV3'])).toEqual([true, true]);
});

test('backward without what the kernel forward keeps, it is written in simple operations', () => {
  const builder = createBuilder();
  const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
  const channels = ['gamma', 'mean', 'variance'].map((name) => input(name, [2])) as [Tensor, Tensor, Tensor];
  const [byX] = builder.batchNormalizeGradient(input('x', [6, 2]), ...channels, input('g', [6, 2]), { epsilon: 0.01 }) as [Tensor];
  expect(kernels(builder.build([{ name: 'byX', tensor: byX }]), ['FusedBatchNormGradV3', 'Sqrt'])).toEqual([false, true]);
});

test('an LSTM is one kernel for all steps and one back, with the usual activations', () => {
  expect(kernels(remembered('tanh'), ['BlockLSTMV2', 'BlockLSTMGradV2'])).toEqual([true, true]);
  expect(kernels(remembered('relu'), ['BlockLSTM', 'MatMul'])).toEqual([false, true]);
});

test('a program of operations that all have a spelling stays itself', () => {
  for (const program of [normalized(), remembered('tanh')]) expect(inSpelledOperations(program)).toBe(program);
});
