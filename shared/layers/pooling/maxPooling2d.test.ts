import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { maxPooling2d } from './maxPooling2d.ts';
import { images, pairOf } from '../testing/arbitraries.ts';
import { shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(maxPooling2d.fields);

proveLayer(maxPooling2d, {
  examples: fc
    .record({ parameters: fc.record({ poolSize: pairOf(3), strides: fc.option(pairOf(3)), padding: fc.constantFrom('valid', 'same') }), input: images(6) })
    .map(({ parameters, input: [batch = 1, rows = 1, columns = 1, channels = 1] }) => ({ parameters, inputs: [[batch, rows + 2, columns + 2, channels]] })),
  oracle: ({ poolSize, strides, padding }) => tf.maxPooling2d({ poolSize: [...poolSize], strides: [...(strides ?? poolSize)], padding }),
});

test('says its window on the node, and the stride where it is another', () => {
  expect(maxPooling2d.describe(usual)).toBe('2 × 2');
  expect(maxPooling2d.describe({ ...usual, strides: [2, 2] })).toBe('2 × 2');
  expect(maxPooling2d.describe({ ...usual, poolSize: [3, 3], strides: [2, 1] })).toBe('3 × 3 · stride 2 × 1');
});

test('refuses a window larger than the image, and both repairs mend it', () => {
  expect(shapesAfterRepairs(maxPooling2d, {}, [[1, 1, 5, 8]])).toEqual([
    ['Set padding to “same”', [1, 3, 8]],
    ['Set pool size to 1 × 2', [1, 2, 8]],
  ]);
});
