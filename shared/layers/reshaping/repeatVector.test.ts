import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatVector } from './repeatVector.ts';
import { shapeOf, size } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(repeatVector, {
  examples: fc.record({ parameters: fc.record({ n: size(4) }), inputs: fc.tuple(shapeOf(1, 1)) }),
  oracle: ({ n }) => tf.repeatVector({ n }),
});

test('says how often, and asks for a vector', () => {
  expect([repeatVector.describe({ n: 1 }), repeatVector.describe({ n: 10 })]).toEqual(['1 time', '10 times']);
  expect(problemOf(repeatVector, {}, [[1, 7, 3]])).toMatchObject({ code: 'rank', what: 'It needs a vector of features, but gets 7 × 3.' });
});
