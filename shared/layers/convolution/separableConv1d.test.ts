import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { separableConv1d } from './separableConv1d.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(separableConv1d.fields);

proveLayer(separableConv1d, {
  examples: fc.record({
    parameters: fc.record({ filters: size(3), kernelSize: size(3), strides: size(2), padding: fc.constant('same'), depthMultiplier: size(2) }),
    inputs: fc.tuple(sequences),
  }),
});

test('says what is set', () => expect(separableConv1d.describe({ ...usual, filters: 1 })).toBe('1 filter · kernel 3 · valid'));
test('refuses what it is not made for', () => expect(problemOf(separableConv1d, {}, [[1, 8]]).code).toBe('rank'));

test('refuses a kernel longer than the sequence', () => expect(problemOf(separableConv1d, { kernelSize: 5 }, [[1, 3, 2]]).code).toBe('window-too-large'));
