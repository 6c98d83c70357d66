import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globalMaxPooling1d } from './globalMaxPooling1d.ts';
import { sequences } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(globalMaxPooling1d, {
  examples: fc.record({ parameters: fc.record({ keepdims: fc.boolean() }), inputs: fc.tuple(sequences) }),
  oracle: ({ keepdims }) => (keepdims ? null : tf.globalMaxPooling1d({})),
});

test('keeps axes of 1 when asked', () => {
  expect(lowered(globalMaxPooling1d, { keepdims: true }, [[2, 5, 4]], { training: false }).outputShape).toEqual([2, 1, 4]);
  expect([globalMaxPooling1d.describe({ keepdims: true }), globalMaxPooling1d.describe({ keepdims: false })]).toEqual(['1 step', 'largest of each feature']);
});

test('refuses what has other axes', () =>
  expect(problemOf(globalMaxPooling1d, {}, [[2, 5]]).what).toBe('It needs a sequence of steps × features, but gets 5.'));
