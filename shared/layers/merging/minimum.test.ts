import { layers as tf } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { minimum } from './minimum.ts';
import { branches } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(minimum, { examples: branches(2, 4), oracle: () => tf.minimum() });

test('stretches sizes of 1, and names the connection that does not fit', () => {
  const stretched: [readonly number[], readonly number[]] = [
    [2, 3, 1],
    [2, 1, 4],
  ];
  expect(lowered(minimum, {}, stretched, { training: false }).outputShape).toEqual([2, 3, 4]);
  expect(
    problemOf(minimum, {}, [
      [1, 64],
      [1, 64],
      [1, 32],
    ]),
  ).toMatchObject({ code: 'shape-mismatch', input: 2, what: 'It cannot compare 64 and 32.' });
  expect(problemOf(minimum, {}, [[1, 64]]).code).toBe('too-few-inputs');
});
