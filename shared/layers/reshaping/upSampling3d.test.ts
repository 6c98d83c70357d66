import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { upSampling3d } from './upSampling3d.ts';
import { tripleOf, volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(upSampling3d.fields);

proveLayer(upSampling3d, {
  examples: fc.record({ parameters: fc.record({ size: tripleOf(2) }), inputs: fc.tuple(volumes) }),
});

test('says what is set', () => expect(upSampling3d.describe({ ...usual, size: [1, 2, 3] as const })).toBe('1 × 2 × 3 times'));
test('refuses what it is not made for', () => expect(problemOf(upSampling3d, {}, [[1, 8]]).code).toBe('rank'));
