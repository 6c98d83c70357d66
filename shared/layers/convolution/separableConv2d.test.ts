import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { separableConv2d } from './separableConv2d.ts';
import { images, pairOf, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(separableConv2d.fields);

proveLayer(separableConv2d, {
  examples: fc
    .record({
      parameters: fc
        .record({
          filters: size(3),
          kernelSize: pairOf(3),
          stride: size(2),
          padding: fc.constantFrom('valid', 'same'),
          depthMultiplier: size(2),
          activation: tfActivation,
          useBias: fc.boolean(),
        })
        .map(({ stride, ...p }) => ({ ...p, strides: [stride, stride] as const })),
      input: images(3),
    })
    .map(({ parameters, input: [batch = 1, rows = 1, columns = 1, channels = 1] }) => ({ parameters, inputs: [[batch, rows + 2, columns + 2, channels]] })),
  oracle({ filters, kernelSize, strides, padding, depthMultiplier, activation: id, useBias }) {
    const activation = tfNameOf(id);
    if (!activation) return null;
    return tf.separableConv2d({
      filters,
      kernelSize: [...kernelSize],
      strides: [...strides],
      padding,
      depthMultiplier,
      activation,
      useBias,
    });
  },
  runs: 30,
});

test('needs far fewer weights than Conv2D', () => {
  const { weights } = lowered(separableConv2d, { ...usual, filters: 64 }, [[1, 8, 8, 32]], { training: true });
  expect(weights.map(({ shape }) => shape)).toEqual([[3, 3, 32, 1], [1, 1, 32, 64], [64]]);
  expect(separableConv2d.describe({ ...usual, activation: 'relu' })).toBe('32 filters · 3 × 3 · ReLU');
});

test('refuses what is not an image', () => expect(problemOf(separableConv2d, {}, [[1, 8]]).code).toBe('rank'));
