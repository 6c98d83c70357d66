// The arithmetic of single units: the same number as the layer gives, from its largest products and what is left.

import { expect, test } from 'vitest';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { activationsOf } from './activations.ts';
import { arithmeticOf } from './arithmetic.ts';

const dataset = datasetOf('mnist-sample') as DatasetDescriptor;
const features = Array.from({ length: 784 }, (_, i) => Math.sin(i) ** 2);

test('one unit of a dense layer', () => {
  const of = arithmeticOf({
    kind: 'dense',
    parameters: {},
    input: { shape: [3], data: [1, 2, 3] },
    output: [2],
    kernel: { shape: [3, 2], data: [0, 1, 0, -1, 0, 0.5] },
    bias: { shape: [2], data: [9, 0.25] },
    place: [1],
  });
  expect(of).toEqual({
    terms: [
      { place: [1], value: 2, weight: -1 },
      { place: [2], value: 3, weight: 0.5 },
      { place: [0], value: 1, weight: 1 },
    ],
    count: 3,
    rest: 0,
    bias: 0.25,
    sum: 0.75,
  });
});

test.each([
  ['valid', [1, 1]],
  ['same', [1, 1]],
  ['same', [2, 2]],
  ['valid', [3, 2]],
] as const)('windows of a convolution, padding %s, strides %j: every number of the layer', (padding, strides) => {
  const network = chain('n', 'N', [
    ['input', 'image'],
    ['conv2d', 'conv', { filters: 3, kernelSize: [4, 3], padding, strides }],
  ]);
  const { layers, arithmetic } = activationsOf({ network, dataset, seed: 3, features, weights: null, unit: { node: 'n-2', place: [0, 5, 2] } });
  const conv = layers[1];
  const [, columns = 0, filters = 0] = conv?.shape ?? [];
  expect(arithmetic?.sum).toBeCloseTo(conv?.values[5 * filters + 2] ?? Number.NaN, 5);
  const [last = 0] = [(conv?.shape[0] ?? 0) - 1];
  const corner = activationsOf({ network, dataset, seed: 3, features, weights: null, unit: { node: 'n-2', place: [last, columns - 1, 0] } });
  expect(corner.arithmetic?.sum).toBeCloseTo(conv?.values[(last * columns + columns - 1) * filters] ?? Number.NaN, 5);
});

test('layers whose arithmetic is not shown have none', () => {
  const network = chain('n', 'N', [
    ['input', 'image'],
    ['flatten', 'flat'],
  ]);
  expect(activationsOf({ network, dataset, seed: 3, features, weights: null, unit: { node: 'n-2', place: [0] } }).arithmetic).toBeNull();
});
