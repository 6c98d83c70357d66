// Every activation: against its formula, and value and slope against real Keras 3 (../fixtures/make.py), its kinks included.

import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { gradients } from '../../tensor/gradient.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import fixtures from '../fixtures/activations.json' with { type: 'json' };
import {
  type ActivationId,
  activate,
  activationField,
  activationIds,
  activationKeras,
  activationOfKeras,
  activations,
  activationTitle,
  stepActivationField,
  stepActivationIds,
} from './index.ts';

const xs = [-3, -0.5, 0, 0.5, 2];
const sum = xs.reduce((total, x) => total + Math.exp(x), 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log(1 + Math.exp(x));
const elu = (x: number) => (x > 0 ? x : Math.exp(x) - 1);
/** The distribution function of the normal distribution at ±0.5, −3 and 2, from a table. */
const normal: Readonly<Record<number, number>> = {
  [-3]: 0.0013498980316301,
  [-0.5]: 0.30853753872598694,
  0: 0.5,
  0.5: 0.6914624612740131,
  2: 0.9772498680518208,
};
const cut = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);
const expected: Record<Exclude<ActivationId, 'glu'>, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  sigmoid,
  tanh: Math.tanh,
  softmax: (x) => Math.exp(x) / sum,
  gelu: (x) => x * (normal[x] as number),
  silu: (x) => x * sigmoid(x),
  leakyRelu: (x) => (x > 0 ? x : 0.2 * x),
  elu,
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
  mish: (x) => x * Math.tanh(softplus(x)),
  softplus,
  relu6: (x) => cut(x, 0, 6),
  hardSigmoid: (x) => cut(x + 3, 0, 6) / 6,
  hardSilu: (x) => (x * cut(x + 3, 0, 6)) / 6,
  hardTanh: (x) => cut(x, -1, 1),
  softsign: (x) => x / (1 + Math.abs(x)),
  exponential: Math.exp,
  celu: elu,
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  tanhShrink: (x) => x - Math.tanh(x),
  softShrink: (x) => x - cut(x, -0.5, 0.5),
  hardShrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  sparsePlus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
  sparseSigmoid: (x) => cut((x + 1) / 2, 0, 1),
  logSigmoid: (x) => -softplus(-x),
  logSoftmax: (x) => x - Math.log(sum),
  // One score is more than 1 above the others: it takes everything.
  sparsemax: (x) => (x === 2 ? 1 : 0),
  binaryStep: (x) => (x < 0 ? 0 : 1),
};

test.each(Object.keys(expected) as (keyof typeof expected)[])('%s is its formula', (id) => {
  const builder = createBuilder();
  const y = activate(builder, id, builder.input('x', [1, 5], 'float32', { kind: 'data' }));
  const { outputs } = interpret(builder.build([{ name: 'y', tensor: y }]), { x: numericArray([1, 5], xs) });
  closeTo(outputs['y']?.data ?? [], xs.map(expected[id]), 1e-12);
  expect(activations[id].id).toBe(id);
});

test.each(fixtures.cases.map((one) => [one.keras, one] as const))('%s has the values and the slopes of Keras', (name, one) => {
  const id = activationOfKeras(name) as ActivationId;
  const builder = createBuilder();
  const x = builder.input('x', one.x.shape, 'float32', { kind: 'data' });
  const y = activate(builder, id, x);
  expect(y.shape).toEqual(one.y.shape);
  const total = builder.reduceSum(builder.multiply(y, builder.constant(one.weights.data, one.weights.shape)), { axes: [0, 1] });
  const [gradient] = gradients(builder, total, [x]);
  const outputs = [
    { name: 'y', tensor: y },
    { name: 'gradient', tensor: gradient ?? builder.constant(Number.NaN) },
  ];
  const results = interpret(builder.build(outputs), { x: numericArray(one.x.shape, one.x.data) }).outputs;
  closeTo(results['y']?.data ?? [], one.y.data, 2e-6);
  closeTo(results['gradient']?.data ?? [], one.gradient.data, 2e-6);
});

test('all that Keras has are compared', () => {
  const known = fixtures.cases.map(({ keras }) => activationOfKeras(keras));
  expect(known.toSorted()).toEqual(activationIds.filter((id) => id !== 'binaryStep').toSorted());
  expect([activationOfKeras('swish'), activationOfKeras('hard_swish'), activationOfKeras('threshold')]).toEqual(['silu', 'hardSilu', undefined]);
});

test('names on screen and in Keras', () => {
  expect([activationTitle('relu'), activationTitle('softmax'), activationTitle('binaryStep')]).toEqual(['ReLU', 'softmax', 'binary step']);
  expect([activationKeras('relu'), activationKeras('linear'), activationKeras('binaryStep')]).toEqual(['relu', 'linear', null]);
});

test('a form offers all of them, inside recurrent steps only those with a slope, value by value', () => {
  const all = activationField({ default: 'relu' });
  const step = stepActivationField({ label: 'Activation', help: '', default: 'tanh' });
  expect(activationIds.filter((id) => !all.schema.safeParse(id).success)).toEqual([]);
  expect(activationIds.filter((id) => step.schema.safeParse(id).success).toSorted()).toEqual([...stepActivationIds].toSorted());
  expect(step.schema.safeParse('softmax').success).toBe(false);
});

test('GLU halves the features, is read from Keras and not written there, and refuses an odd number of features', () => {
  const builder = createBuilder();
  const x = builder.input('x', [1, 5], 'float32', { kind: 'data' });
  expect(() => activate(builder, 'glu', x)).toThrow('GLU needs an even number of features to halve, but there are 5.');
  expect([activationKeras('glu'), activationOfKeras('glu')]).toEqual([null, 'glu']);
});
