import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromKerasConfig } from '../kerasConfig.ts';
import { images } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { cropping2d } from './cropping2d.ts';

const side = fc.nat({ max: 2 });

proveLayer(cropping2d, {
  examples: fc.record({
    parameters: fc.record({ top: side, bottom: side, left: side, right: side }),
    inputs: fc.tuple(images(3).map(([batch = 1, rows = 1, columns = 1, channels = 1]) => [batch, rows + 4, columns + 4, channels])),
  }),
  oracle: ({ top, bottom, left, right }) =>
    tf.cropping2D({
      cropping: [
        [top, bottom],
        [left, right],
      ],
    }),
});

test('refuses to cut everything, and its repair mends it', () => {
  expect(problemOf(cropping2d, { left: 4 }, [[1, 3, 4, 2]])).toMatchObject({ code: 'crop-too-large', what: 'Cutting 4 columns off 3 × 4 × 2 leaves nothing.' });
  expect(shapesAfterRepairs(cropping2d, { top: 2, bottom: 1 }, [[1, 3, 4, 2]])).toEqual([['Cut nothing', [3, 4, 2]]]);
});

test('reads Keras’ short forms, and asks for an image', () => {
  expect(fromKerasConfig(cropping2d, { cropping: 2 }).parameters).toEqual({ top: 2, bottom: 2, left: 2, right: 2 });
  expect(fromKerasConfig(cropping2d, { cropping: [1, 2] }).parameters).toEqual({ top: 1, bottom: 1, left: 2, right: 2 });
  expect(fromKerasConfig(cropping2d, { cropping: [[1, 2, 3], 4] }).unsupported).toEqual(['cropping']);
  expect(problemOf(cropping2d, {}, [[1, 5]]).what).toBe('It needs an image of rows × columns × channels, but gets 5.');
});

test('says the sides on the node', () => {
  expect(cropping2d.describe({ top: 1, bottom: 1, left: 1, right: 1 })).toBe('1 all around');
  expect(cropping2d.describe({ top: 1, bottom: 1, left: 2, right: 2 })).toBe('1 × 2 all around');
  expect(cropping2d.describe({ top: 1, bottom: 0, left: 2, right: 3 })).toBe('top 1, bottom 0, left 2, right 3');
});
