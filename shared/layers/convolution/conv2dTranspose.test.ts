import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { conv2dTranspose } from './conv2dTranspose.ts';
import { images, pairOf, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv2dTranspose.fields);

proveLayer(conv2dTranspose, {
  examples: fc.record({
    parameters: fc.record({
      filters: size(3),
      kernelSize: pairOf(3),
      strides: pairOf(3),
      padding: fc.constantFrom('valid', 'same'),
      activation: tfActivation,
      useBias: fc.boolean(),
    }),
    inputs: fc.tuple(images(3)),
  }),
  oracle({ filters, kernelSize, strides, padding, activation: id, useBias }) {
    const activation = tfNameOf(id);
    if (!activation) return null;
    return tf.conv2dTranspose({ filters, kernelSize: [...kernelSize], strides: [...strides], padding, activation, useBias });
  },
  runs: 40,
});

const sizeAfter = (parameters: Partial<typeof usual>) =>
  lowered(conv2dTranspose, { ...usual, filters: 1, ...parameters }, [[1, 4, 4, 2]], { training: false }).outputShape.slice(1, 3);

test('has Keras’ sizes', () => {
  expect(sizeAfter({})).toEqual([6, 6]);
  expect(sizeAfter({ strides: [2, 3], padding: 'same' })).toEqual([8, 12]);
  expect(sizeAfter({ strides: [2, 2], padding: 'same', outputPadding: [0, 1] })).toEqual([7, 8]);
  expect(sizeAfter({ strides: [2, 2], outputPadding: [1, 0] })).toEqual([10, 9]);
  expect(sizeAfter({ dilationRate: [2, 2] })).toEqual([8, 8]);
});

test('refuses an output padding that gives no size, and its repair mends it', () => {
  const wrong = { strides: [2, 2], outputPadding: [2, 0] } as const;
  expect(problemOf(conv2dTranspose, wrong, [[1, 4, 4, 1]]).what).toBe(
    'An output padding of 2 gives no size along the rows that a convolution with stride 2 would bring back to 4.',
  );
  expect(shapesAfterRepairs(conv2dTranspose, wrong, [[1, 4, 4, 1]])).toEqual([['Set output padding to automatic', [9, 9, 32]]]);
  expect(problemOf(conv2dTranspose, { strides: [2, 2], dilationRate: [2, 2] }, [[1, 4, 4, 1]]).code).toBe('strides-and-dilation');
});

test('says filters, kernel and one more thing on the node', () =>
  expect(conv2dTranspose.describe({ ...usual, strides: [2, 2] })).toBe('32 filters · 3 × 3 · stride 2'));
