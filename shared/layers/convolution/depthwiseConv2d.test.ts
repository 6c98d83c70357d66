import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';
import { images, pairOf, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(depthwiseConv2d.fields);

proveLayer(depthwiseConv2d, {
  examples: fc
    .record({
      parameters: fc
        .record({
          kernelSize: pairOf(3),
          stride: size(2),
          padding: fc.constantFrom('valid', 'same'),
          depthMultiplier: size(2),
          activation: tfActivation,
          dilation: size(2),
          useBias: fc.boolean(),
        })
        .map(({ stride, dilation, ...p }) => ({
          ...p,
          strides: [stride, stride] as const,
          dilationRate: stride > 1 ? ([1, 1] as const) : ([dilation, dilation] as const),
        })),
      input: images(3),
    })
    .map(({ parameters, input: [batch = 1, rows = 1, columns = 1, channels = 1] }) => ({ parameters, inputs: [[batch, rows + 4, columns + 4, channels]] })),
  // tfjs passes its dilation on as a list that its kernel does not take.
  oracle({ kernelSize, strides, padding, depthMultiplier, dilationRate, activation: id, useBias }) {
    const activation = tfNameOf(id);
    if (dilationRate[0] > 1 || !activation) return null;
    return tf.depthwiseConv2d({ kernelSize: [...kernelSize], strides: [...strides], padding, depthMultiplier, activation, useBias });
  },
  runs: 40,
});

test('says its kernel on the node, and the filters of a channel where there are several', () => {
  expect([usual, { ...usual, depthMultiplier: 2, strides: [2, 2] as const }].map(depthwiseConv2d.describe)).toEqual([
    '3 × 3 · valid',
    '3 × 3 · 2 per channel · stride 2',
  ]);
});

test('refuses a kernel that does not fit, and the repairs mend it', () => {
  expect(problemOf(depthwiseConv2d, {}, [[1, 2, 2, 3]]).code).toBe('window-too-large');
  expect(shapesAfterRepairs(depthwiseConv2d, {}, [[1, 2, 2, 3]])).toEqual([
    ['Set padding to “same”', [2, 2, 3]],
    ['Set kernel size to 2', [1, 1, 3]],
  ]);
});
