import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromKerasConfig } from './kerasConfig.ts';
import { rescaling } from './rescaling.ts';
import { shapeOf } from './testing/arbitraries.ts';
import { proveLayer } from './testing/proveLayer.ts';

proveLayer(rescaling, {
  examples: fc.record({ parameters: fc.record({ scale: fc.constantFrom(0, 0.5, -2), offset: fc.constantFrom(0, 1, -0.25) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ scale, offset }) => tf.rescaling({ scale, offset }),
});

test('says both numbers on the node', () => {
  expect([rescaling.describe({ scale: 2, offset: -1 }), rescaling.describe({ scale: 0.5, offset: 0 })]).toEqual(['× 2 − 1', '× 0.5 + 0']);
});

test('takes from Keras what Keras leaves out, and no lists of numbers', () => {
  expect(fromKerasConfig(rescaling, { scale: 3 })).toEqual({ parameters: { scale: 3, offset: 0 }, unsupported: [] });
  expect(fromKerasConfig(rescaling, { scale: [1, 2], offset: [0, 1] }).unsupported).toEqual(['scale', 'offset']);
});
