import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globalAveragePooling2d } from './globalAveragePooling2d.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(globalAveragePooling2d, {
  examples: fc.record({ parameters: fc.record({ keepdims: fc.boolean() }), inputs: fc.tuple(images(5)) }),
  oracle: ({ keepdims }) => (keepdims ? null : tf.globalAveragePooling2d({})),
});

test('keeps rows and columns as axes of 1 when asked', () => {
  expect(lowered(globalAveragePooling2d, { keepdims: true }, [[2, 5, 6, 4]], { training: false }).outputShape).toEqual([2, 1, 1, 4]);
});

test('refuses what is not an image', () => {
  expect(problemOf(globalAveragePooling2d, {}, [[2, 5, 6]])).toMatchObject({
    code: 'rank',
    what: 'It needs an image of rows × columns × channels, but gets 5 × 6.',
  });
});
