import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globalMaxPooling2d } from './globalMaxPooling2d.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(globalMaxPooling2d, {
  examples: fc.record({ parameters: fc.record({ keepdims: fc.boolean() }), inputs: fc.tuple(images(5)) }),
  oracle: ({ keepdims }) => (keepdims ? null : tf.globalMaxPooling2d({})),
});

test('keeps axes of 1 when asked', () => {
  expect(lowered(globalMaxPooling2d, { keepdims: true }, [[2, 5, 6, 4]], { training: false }).outputShape).toEqual([2, 1, 1, 4]);
  expect([globalMaxPooling2d.describe({ keepdims: true }), globalMaxPooling2d.describe({ keepdims: false })]).toEqual([
    '1 × 1 image',
    'largest of each channel',
  ]);
});

test('refuses what has other axes', () =>
  expect(problemOf(globalMaxPooling2d, {}, [[2, 5, 6]]).what).toBe('It needs an image of rows × columns × channels, but gets 5 × 6.'));
