import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { depthwiseConv1d } from './depthwiseConv1d.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(depthwiseConv1d.fields);

proveLayer(depthwiseConv1d, {
  examples: fc.record({
    parameters: fc.record({ kernelSize: size(3), strides: size(2), padding: fc.constant('same'), depthMultiplier: size(2), useBias: fc.boolean() }),
    inputs: fc.tuple(sequences),
  }),
});

test('says what is set', () => expect(depthwiseConv1d.describe({ ...usual, depthMultiplier: 2 })).toBe('kernel 3 · 2 per channel · valid'));
test('refuses what it is not made for', () => expect(problemOf(depthwiseConv1d, {}, [[1, 8]]).code).toBe('rank'));

test('refuses a kernel longer than the sequence', () => expect(problemOf(depthwiseConv1d, { kernelSize: 5 }, [[1, 3, 2]]).code).toBe('window-too-large'));
