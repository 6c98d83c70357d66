import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizeOf } from '../../tensor/types.ts';
import { reshape } from './reshape.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

/** The same sizes in another order, one of them perhaps left open, or all in one row. */
const examples = shapeOf(1, 3).chain((input) => {
  const sizes = input.slice(1);
  const targets = fc
    .shuffledSubarray([...sizes], { minLength: sizes.length })
    .chain((order) => fc.option(fc.nat(order.length - 1)).map((open) => order.map((one, i) => (i === open ? -1 : one))));
  return fc.oneof(targets, fc.constant([sizeOf(sizes)])).map((targetShape) => ({ parameters: { targetShape }, inputs: [input] }));
});

proveLayer(reshape, { examples, oracle: ({ targetShape }) => tf.reshape({ targetShape: [...targetShape] }) });

test('says the target shape on the node', () => {
  expect(reshape.describe({ targetShape: [28, 28, 1] })).toBe('28 × 28 × 1');
  expect(reshape.describe({ targetShape: [-1, 4] })).toBe('? × 4');
});

test('refuses another number of values, and the repairs mend it', () => {
  expect(problemOf(reshape, { targetShape: [28, 27] }, [[1, 784]])).toMatchObject({
    code: 'reshape-size',
    parameter: 'targetShape',
    what: 'The input 784 holds 784 values; 756 are needed for the target shape 28 × 27.',
  });
  expect(shapesAfterRepairs(reshape, { targetShape: [28, 27] }, [[1, 784]])).toEqual([
    ['Set target shape to 28 × −1', [28, 28]],
    ['Set target shape to 784', [784]],
  ]);
});

test('refuses an open size that does not come out even, and two open sizes', () => {
  expect(problemOf(reshape, { targetShape: [-1, 5] }, [[1, 3, 4]]).what).toBe(
    'The input 3 × 4 holds 12 values; they cannot be split evenly by the 5 of the target shape −1 × 5.',
  );
  expect(shapesAfterRepairs(reshape, { targetShape: [-1, 5] }, [[1, 3, 4]])).toEqual([['Set target shape to 12', [12]]]);
  expect(shapesAfterRepairs(reshape, { targetShape: [-1, -1] }, [[1, 3, 4]])).toEqual([['Set target shape to −1', [12]]]);
});
