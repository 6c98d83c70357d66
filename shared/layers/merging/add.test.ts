import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add } from './add.ts';
import { shapeOf, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(add, {
  examples: fc
    .record({ parameters: fc.constant({}), shape: shapeOf(1, 3), count: size(3) })
    .map(({ shape, count, parameters }) => ({ parameters, inputs: Array.from({ length: count + 1 }, () => shape) })),
  oracle: () => tf.add(),
});

test('stretches sizes of 1', () =>
  expect(
    lowered(
      add,
      {},
      [
        [2, 3, 1],
        [2, 1, 4],
      ],
      { training: false },
    ).outputShape,
  ).toEqual([2, 3, 4]));

test('names the sizes and the connection that do not fit', () => {
  expect(
    problemOf(add, {}, [
      [1, 64],
      [1, 64],
      [1, 32],
    ]),
  ).toMatchObject({ code: 'shape-mismatch', input: 2, what: 'It cannot add 64 and 32.' });
  expect(
    problemOf(add, {}, [
      [1, 7, 7, 64],
      [1, 64],
    ]).what,
  ).toBe('It cannot add 7 × 7 × 64 and 64.');
});

test('needs two connections', () => {
  expect(problemOf(add, {}, [[1, 64]])).toMatchObject({ code: 'too-few-inputs', what: 'It has only one connection coming in, and needs at least two.' });
  expect(problemOf(add, {}, []).code).toBe('too-few-inputs');
});
