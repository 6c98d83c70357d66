import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { spatialDropout3d } from './spatialDropout3d.ts';
import { volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(spatialDropout3d.fields);

proveLayer(spatialDropout3d, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.25) }), inputs: fc.tuple(volumes) }),
});

test('says what is set', () => expect(spatialDropout3d.describe({ ...usual, rate: 0.2 })).toBe('rate 0.2'));
test('refuses what it is not made for', () => expect(problemOf(spatialDropout3d, {}, [[1, 8]]).code).toBe('rank'));
