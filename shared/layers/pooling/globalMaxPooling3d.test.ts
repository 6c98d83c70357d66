import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { globalMaxPooling3d } from './globalMaxPooling3d.ts';
import { volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(globalMaxPooling3d.fields);

proveLayer(globalMaxPooling3d, {
  examples: fc.record({ parameters: fc.record({ keepdims: fc.boolean() }), inputs: fc.tuple(volumes) }),
});

test('says what is set', () => expect(globalMaxPooling3d.describe({ ...usual, keepdims: true })).toBe('1 × 1 × 1 volume'));
test('says what is left', () => expect(globalMaxPooling3d.describe(usual)).toBe('largest of each channel'));
test('refuses what it is not made for', () => expect(problemOf(globalMaxPooling3d, {}, [[1, 8]]).code).toBe('rank'));
