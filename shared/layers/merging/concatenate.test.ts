import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatenate } from './concatenate.ts';
import { shapeOf, size } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const examples = fc
  .record({ shape: shapeOf(1, 3), sizes: fc.array(size(4), { minLength: 2, maxLength: 4 }), place: fc.nat(), fromEnd: fc.boolean() })
  .map(({ shape, sizes, place, fromEnd }) => {
    const axis = 1 + (place % (shape.length - 1));
    return { parameters: { axis: fromEnd ? axis - shape.length : axis }, inputs: sizes.map((own) => shape.map((one, i) => (i === axis ? own : one))) };
  });

// tfjs-layers takes every negative axis for the last one.
proveLayer(concatenate, { examples, oracle: ({ axis }) => (axis < -1 ? null : tf.concatenate({ axis })) });

test('says the axis on the node', () => {
  expect([-1, 1, -2].map((axis) => concatenate.describe({ axis }))).toEqual(['last axis', 'axis 1', 'axis −2']);
});

test('names the sizes that do not fit, and offers an axis that does', () => {
  expect(
    problemOf(concatenate, {}, [
      [1, 7, 7, 64],
      [1, 5, 7, 64],
    ]),
  ).toMatchObject({ code: 'shape-mismatch', input: 1, what: 'It cannot join 7 × 7 × 64 and 5 × 7 × 64 along axis 3.' });
  expect(
    shapesAfterRepairs(concatenate, {}, [
      [1, 7, 7, 64],
      [1, 5, 7, 64],
    ]),
  ).toEqual([['Set axis to 1', [12, 7, 64]]]);
  expect(
    problemOf(concatenate, {}, [
      [1, 7, 7, 64],
      [1, 64],
    ]).repairs,
  ).toEqual([]);
});

test('never joins samples, nor along an axis that is not there', () => {
  expect(
    shapesAfterRepairs(concatenate, { axis: 0 }, [
      [2, 3],
      [2, 4],
    ]),
  ).toEqual([['Set axis to −1', [7]]]);
  expect(
    problemOf(concatenate, { axis: 2 }, [
      [2, 3],
      [2, 4],
    ]).what,
  ).toBe('There is no axis 2 in an input of 3.');
});
