// What layers make of a sample: against sums by hand, trained weights and others.

import { expect, test } from 'vitest';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { templateOf } from '../../shared/network/templates/index.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { activationsOf } from './activations.ts';

const xor = datasetOf('xor') as DatasetDescriptor;
const network = chain('n', 'N', [
  ['input', 'point'],
  ['dense', 'answer', { units: 1, activation: 'relu' }],
]);

test('trained weights are used by name; the sum is the one made by hand', () => {
  const weights = { 'answer/kernel': { shape: [2, 1], data: Float32Array.of(2, -3) }, 'answer/bias': { shape: [1], data: Float32Array.of(0.5) } };
  const { layers, missing } = activationsOf({ network, dataset: xor, seed: 1, features: [1, 0.25], weights });
  expect(layers.map(({ name }) => name)).toEqual(['point', 'answer']);
  expect([...(layers[0]?.values ?? [])]).toEqual([1, 0.25]);
  expect([...(layers[1]?.values ?? [])]).toEqual([1.75]);
  expect(missing).toBe(0);
});

test('weights of another shape are told as missing, and the start stands in their place', () => {
  const weights = { 'answer/kernel': { shape: [3, 1], data: Float32Array.of(1, 2, 3) } };
  const some = activationsOf({ network, dataset: xor, seed: 1, features: [1, 1], weights });
  const none = activationsOf({ network, dataset: xor, seed: 1, features: [1, 1], weights: null });
  expect(some.missing).toBe(2);
  expect(some.layers).toEqual(none.layers);
});

test('a CNN shows every layer in its shape, the last as probabilities', () => {
  const [cnn] = templateOf('mnist-cnn').create();
  const dataset = datasetOf('mnist-sample') as DatasetDescriptor;
  const features = Array.from({ length: 784 }, (_, i) => (i % 7) / 7);
  const { layers } = activationsOf({ network: cnn as NonNullable<typeof cnn>, dataset, seed: 7, features, weights: null });
  expect(layers.map(({ shape }) => shape.join(' '))).toEqual(['28 28 1', '26 26 32', '13 13 32', '11 11 64', '5 5 64', '1600', '128', '10']);
  const last = layers.at(-1)?.values ?? [];
  expect([...last].reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
});
