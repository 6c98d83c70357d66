import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { conv3d } from './conv3d.ts';
import { size, tripleOf, volumes } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv3d.fields);

proveLayer(conv3d, {
  examples: fc.record({
    parameters: fc.record({ filters: size(2), kernelSize: tripleOf(2), strides: tripleOf(2), padding: fc.constant('same'), useBias: fc.boolean() }),
    inputs: fc.tuple(volumes),
  }),
  runs: 12,
});

test('says what is set', () => expect(conv3d.describe({ ...usual, filters: 8, activation: 'relu' })).toBe('8 filters · 3 × 3 × 3 · ReLU'));
test('refuses what it is not made for', () => expect(problemOf(conv3d, {}, [[1, 8]]).code).toBe('rank'));

test('refuses a kernel that does not fit, and mends it', () => {
  expect(problemOf(conv3d, { kernelSize: [3, 3, 3] }, [[1, 2, 4, 4, 1]])).toMatchObject({
    code: 'window-too-large',
    what: 'The kernel size of 3 × 3 × 3 is larger than the input of 2 × 4 × 4.',
  });
  expect(shapesAfterRepairs(conv3d, { filters: 2, kernelSize: [3, 3, 3] }, [[1, 2, 4, 4, 1]])).toEqual([
    ['Set padding to “same”', [2, 4, 4, 2]],
    ['Set kernel size to 2 × 3 × 3', [1, 2, 2, 2]],
  ]);
});

test('refuses stride with dilation, and groups that do not divide', () => {
  expect(problemOf(conv3d, { strides: [2, 1, 1], dilationRate: [1, 2, 1] }, [[1, 4, 4, 4, 1]])).toMatchObject({
    code: 'strides-and-dilation',
    what: 'Stride 2 × 1 × 1 and dilation 1 × 2 × 1 cannot be used together.',
  });
  expect(problemOf(conv3d, { groups: 3, padding: 'same' }, [[1, 4, 4, 4, 2]]).code).toBe('groups');
});
