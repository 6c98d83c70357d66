// Which kernels of TensorFlow's do several instructions' work. That they give the right numbers is proved by running them (trainer/engines/testing).

import { expect, test } from 'vitest';
import { createBuilder } from '../../../shared/tensor/builder.ts';
import { expanded } from '../../../shared/tensor/expand.ts';
import { gradients } from '../../../shared/tensor/gradient.ts';
import type { Program, Tensor } from '../../../shared/tensor/types.ts';
import { inSpelledOperations } from './emit.ts';
import { emitTrainingModel, type TrainingModel } from './trainingModel.ts';

const data = { kind: 'data' } as const;
const fileOf = (program: Program, own: Partial<TrainingModel> = {}): Buffer =>
  Buffer.from(emitTrainingModel({ state: [], programs: { program }, randomKey: null, ...own }).model);
/** Whether a model's file names an operation of TensorFlow's. */
function kernels(program: Program, names: readonly string[], own: Partial<TrainingModel> = {}): readonly boolean[] {
  const file = fileOf(program, own);
  return names.map((name) => file.includes(name));
}

function normalized(): Program {
  const builder = createBuilder();
  const x = builder.input('x', [6, 2], 'float32', data);
  const [y, mean] = builder.batchNormalize(x, builder.constant(1, [2]), builder.constant(0, [2]), { epsilon: 0.01 }) as [Tensor, Tensor];
  const [byX] = gradients(builder, builder.reduceSum(builder.exp(y), { axes: [0, 1] }), [x]) as [Tensor];
  return builder.build(Object.entries({ mean, byX }).map(([name, tensor]) => ({ name, tensor })));
}

/** The derivatives of a recurrent layer by its states at first, of its states at the end. */
function handedOn(layer: 'lstm' | 'gru'): Program {
  const builder = createBuilder();
  const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
  const [width, bias] = layer === 'lstm' ? [8, [8]] : [6, [2, 6]];
  const weights = [input('x', [4, 5, 3]), input('k', [3, width]), input('r', [2, width]), input('b', bias)] as const;
  const initial = Array.from({ length: layer === 'lstm' ? 2 : 1 }, (_, i) => input(`state ${i}`, [4, 2]));
  const [, ...last] = builder[layer](...weights, ...initial, {});
  const sum = builder.reduceSum(
    last.reduce((a, b) => builder.add(a, b)),
    { axes: [0, 1] },
  );
  return builder.build(gradients(builder, sum, initial).map((slope, i) => ({ name: `by ${i}`, tensor: slope as Tensor })));
}

/** The derivatives of a recurrent layer by its kernel, of so many sums that each ask for them. */
function remembered(activation: string, layer: 'lstm' | 'gru' = 'lstm', { resetAfter = true, sums = 1 } = {}): Program {
  const builder = createBuilder();
  const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
  const width = layer === 'lstm' ? 8 : 6,
    bias = layer === 'gru' && resetAfter ? [2, 6] : [width];
  const weights = [input('x', [4, 5, 3]), input('k', [3, width]), input('r', [2, width]), input('b', bias)] as const;
  const [sequence] = layer === 'lstm' ? builder.lstm(...weights, { activation }) : builder.gru(...weights, { activation, resetAfter });
  const slopes = Array.from({ length: sums }, (_, i) => {
    const sum = builder.reduceSum(builder.multiply(sequence as Tensor, builder.constant(i + 1)), { axes: [0, 1, 2] });
    return { name: `by ${i}`, tensor: gradients(builder, sum, [weights[1]])[0] as Tensor };
  });
  return builder.build(slopes);
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

test('an LSTM whose steps are large products is written in steps on a CPU, unless there are many', () => {
  const sized = (batch: number, steps: number) => {
    const builder = createBuilder();
    const input = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
    const [, last] = builder.lstm(input('x', [batch, steps, 64]), input('k', [64, 256]), input('r', [64, 256]), input('b', [256]), {});
    return builder.build([{ name: 'last', tensor: last as Tensor }]);
  };
  const [block] = ['BlockLSTMV2'] as const;
  expect([sized(32, 30), sized(64, 30), sized(64, 200)].map((program) => kernels(program, [block])[0])).toEqual([true, false, true]);
  expect(kernels(sized(64, 30), [block], { kernels: { cudnn: false, device: 'gpu' } })).toEqual([true]);
});

test('states that come in and go on change nothing of that', () => {
  expect(kernels(handedOn('lstm'), ['BlockLSTMV2', 'BlockLSTMGradV2', 'Sigmoid'])).toEqual([true, true, false]);
  for (const layer of ['lstm', 'gru'] as const) expect(kernels(handedOn(layer), [...names, 'Sigmoid'], cudnn)).toEqual([true, true, false]);
});

test('a program of operations that all have a spelling stays itself', () => {
  for (const program of [normalized(), remembered('tanh')]) expect(inSpelledOperations(program)).toBe(program);
});

const cudnn = { kernels: { cudnn: true, device: 'gpu' } } as const;
const names = ['CudnnRNNV3', 'CudnnRNNBackpropV3'] as const;

test.each(['lstm', 'gru'] as const)('a usual %s is one kernel of cuDNN’s forward and one back, where they may be used', (layer) => {
  expect(kernels(remembered('tanh', layer), names, cudnn)).toEqual([true, true]);
  expect(kernels(remembered('tanh', layer), names)).toEqual([false, false]);
  expect(kernels(remembered('relu', layer), names, cudnn)).toEqual([false, false]);
});

test('a GRU whose reset gate acts before the product has no kernel', () => {
  expect(kernels(remembered('tanh', 'gru', { resetAfter: false }), names, cudnn)).toEqual([false, false]);
});

test('what cuDNN’s kernel forward keeps is walked back over once: a second way back is written in steps', () => {
  const count = (program: Program, name: string) => fileOf(program, cudnn).toString('latin1').split(name).length - 1;
  const twice = remembered('tanh', 'gru', { sums: 2 });
  expect([count(twice, names[1]), count(remembered('tanh', 'gru'), names[1])]).toEqual([1, 1]);
  expect(inSpelledOperations(twice, cudnn.kernels).instructions.some(({ operation }) => operation === 'tanhGradient' || operation === 'tanh')).toBe(true);
});

test('for a CPU nothing is changed by there being such kernels', () => {
  const [lstm, gru] = [remembered('tanh'), remembered('tanh', 'gru')];
  for (const program of [lstm, gru, normalized()]) expect(fileOf(program, { kernels: { cudnn: false, device: 'cpu' } }).equals(fileOf(program))).toBe(true);
  // A GRU is written as if it had been drawn in single steps.
  const inSteps = expanded(gru, () => true);
  expect(inSteps.instructions.length).toBeGreaterThan(50);
  expect(fileOf(gru).equals(fileOf(inSteps))).toBe(true);
});
