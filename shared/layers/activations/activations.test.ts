import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { type ActivationId, activate, activationField, activationIds, activationKeras, activations, activationTitle, stepActivationField, stepActivationIds } from './index.ts';

const xs = [-3, -0.5, 0, 0.5, 2];
const sum = xs.reduce((total, x) => total + Math.exp(x), 0);
const expected: Record<ActivationId, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softmax: (x) => Math.exp(x) / sum,
  binaryStep: (x) => (x < 0 ? 0 : 1),
};

test.each(activationIds)('%s is its formula', (id) => {
  const builder = createBuilder();
  const y = activate(builder, id, builder.input('x', [1, 5], 'float32', { kind: 'data' }));
  const { outputs } = interpret(builder.build([{ name: 'y', tensor: y }]), { x: numericArray([1, 5], xs) });
  closeTo(outputs['y']?.data ?? [], xs.map(expected[id]), 1e-12);
  expect(activations[id].id).toBe(id);
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
