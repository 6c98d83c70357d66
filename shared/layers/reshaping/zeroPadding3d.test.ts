import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { zeroPadding3d } from './zeroPadding3d.ts';
import { size, volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(zeroPadding3d.fields);

proveLayer(zeroPadding3d, {
  examples: fc.record({
    parameters: fc.record({ front: size(2), back: size(2), top: size(2), bottom: size(2), left: size(2), right: size(2) }),
    inputs: fc.tuple(volumes),
  }),
});

test('says what is set', () => expect(zeroPadding3d.describe({ ...usual, back: 2 })).toBe('depth 1, 2 · rows 1, 1 · columns 1, 1'));
test('says one number where all are equal', () => expect(zeroPadding3d.describe(usual)).toBe('1 all around'));
test('refuses what it is not made for', () => expect(problemOf(zeroPadding3d, {}, [[1, 8]]).code).toBe('rank'));
