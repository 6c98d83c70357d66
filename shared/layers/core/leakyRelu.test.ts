import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leakyRelu } from './leakyRelu.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(leakyRelu, {
  examples: fc.record({ parameters: fc.record({ negativeSlope: fc.constantFrom(0, 0.01, 0.3, 2) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ negativeSlope }) => tf.leakyReLU({ alpha: negativeSlope }),
});

test('says its slope on the node', () => expect(leakyRelu.describe({ negativeSlope: 0.1 })).toBe('slope 0.1 below 0'));
