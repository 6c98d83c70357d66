import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromKerasConfig } from '../kerasConfig.ts';
import { images } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { zeroPadding2d } from './zeroPadding2d.ts';

const side = fc.nat({ max: 2 });

proveLayer(zeroPadding2d, {
  examples: fc.record({
    parameters: fc.record({ top: side, bottom: side, left: side, right: side }),
    inputs: fc.tuple(images(3)),
  }),
  oracle: ({ top, bottom, left, right }) =>
    tf.zeroPadding2d({
      padding: [
        [top, bottom],
        [left, right],
      ],
    }),
});

test('reads Keras’ short forms, and asks for an image', () => {
  expect(fromKerasConfig(zeroPadding2d, { padding: 2 }).parameters).toEqual({ top: 2, bottom: 2, left: 2, right: 2 });
  expect(fromKerasConfig(zeroPadding2d, { padding: [1, 2] }).parameters).toEqual({ top: 1, bottom: 1, left: 2, right: 2 });
  expect(fromKerasConfig(zeroPadding2d, { padding: [[1, 2, 3], 4] }).unsupported).toEqual(['padding']);
  expect(problemOf(zeroPadding2d, {}, [[1, 5]]).what).toBe('It needs an image of rows × columns × channels, but gets 5.');
});

test('says the sides on the node', () => {
  expect(zeroPadding2d.describe({ top: 1, bottom: 1, left: 1, right: 1 })).toBe('1 all around');
  expect(zeroPadding2d.describe({ top: 1, bottom: 1, left: 2, right: 2 })).toBe('1 × 2 all around');
  expect(zeroPadding2d.describe({ top: 1, bottom: 0, left: 2, right: 3 })).toBe('top 1, bottom 0, left 2, right 3');
});
