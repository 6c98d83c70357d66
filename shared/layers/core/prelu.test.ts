import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { prelu } from './prelu.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(prelu, {
  examples: fc.record({ parameters: fc.record({ sharedAxes: fc.constantFrom(null, [1], [1, 2], [3]) }), inputs: fc.tuple(images(4)) }),
  oracle: ({ sharedAxes }) => tf.prelu(sharedAxes ? { sharedAxes: [...sharedAxes] } : {}),
});

test('shares slopes along axes', () => {
  const weights = (sharedAxes: readonly number[] | null) =>
    lowered(prelu, { ...defaults(prelu.fields), sharedAxes }, [[2, 4, 5, 3]], { training: true }).weights;
  expect(weights(null)[0]?.shape).toEqual([4, 5, 3]);
  expect(weights([1, 2])[0]?.shape).toEqual([1, 1, 3]);
  expect(prelu.describe({ ...defaults(prelu.fields), sharedAxes: [1, 2] })).toBe('shared over axes 1, 2');
});

test('refuses an axis that is not there, and its repair mends it', () => {
  expect(problemOf(prelu, { sharedAxes: [2] }, [[1, 64]])).toMatchObject({ code: 'axis', what: 'Axis 2 cannot be shared: a sample has 1 axis.' });
  expect(shapesAfterRepairs(prelu, { sharedAxes: [2] }, [[1, 64]])).toEqual([['Share no axis', [64]]]);
});
