import { layers as tf } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { input } from './input.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(input, {
  examples: shapeOf(1, 3).map((shape) => ({ parameters: { shape: shape.slice(1) }, inputs: [shape] })),
  // tfjs-layers cannot apply its InputLayer; one that does nothing stands in.
  oracle: () => tf.activation({ activation: 'linear' }),
});

test('says its shape on the node', () => {
  expect(input.describe({ shape: [28, 28, 1], axes: null })).toBe('28 × 28 × 1');
  expect(input.describe({ shape: null, axes: null })).toBe('automatic');
});

test('stands in Keras’ files with an open batch axis', () => {
  expect(toKerasConfig(input, { shape: [28, 28, 1] })).toMatchObject({ batch_shape: [null, 28, 28, 1] });
  expect(fromKerasConfig(input, { batch_shape: [null, 28, 28, 1], sparse: false, ragged: false, name: 'x', dtype: 'float32' })).toEqual({
    parameters: { shape: [28, 28, 1], axes: null },
    unsupported: [],
  });
});
