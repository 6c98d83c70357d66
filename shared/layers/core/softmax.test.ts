import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { softmax } from './softmax.ts';
import { images } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(softmax, {
  examples: fc.record({ parameters: fc.record({ axis: fc.constantFrom(-1, -2, 1, 2, 3) }), inputs: fc.tuple(images(4)) }),
  // tfjs' softmax works along the last axis only.
  oracle: ({ axis }) => (axis === -1 || axis === 3 ? tf.softmax({ axis }) : null),
  runs: 40,
});

test('says its axis on the node', () =>
  expect([softmax.describe({ axis: -1, moreAxes: null }), softmax.describe({ axis: -2, moreAxes: [1] })]).toEqual(['last axis', 'axes 1, −2']));

test('refuses an axis that is not there, and the batch', () => {
  expect(problemOf(softmax, { axis: 3 }, [[1, 5, 4]])).toMatchObject({
    code: 'axis',
    parameter: 'axis',
    what: 'There is no axis 3 to work along: a sample has 2 axes.',
  });
  expect(problemOf(softmax, { axis: 0 }, [[1, 5]]).what).toBe('There is no axis 0 to work along: a sample has 1 axis.');
  expect(shapesAfterRepairs(softmax, { axis: 3 }, [[1, 5, 4]])).toEqual([['Set axis to −1', [5, 4]]]);
});
