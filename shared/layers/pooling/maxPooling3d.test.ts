import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { maxPooling3d } from './maxPooling3d.ts';
import { tripleOf, volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(maxPooling3d.fields);

proveLayer(maxPooling3d, {
  examples: fc.record({
    parameters: fc.record({ poolSize: tripleOf(2), strides: fc.option(tripleOf(2)), padding: fc.constant('same') }),
    inputs: fc.tuple(volumes),
  }),
});

test('says what is set', () => expect(maxPooling3d.describe({ ...usual, strides: [1, 2, 2] as const })).toBe('2 × 2 × 2 · stride 1 × 2 × 2'));
test('says the window alone where it tiles', () => expect(maxPooling3d.describe(usual)).toBe('2 × 2 × 2'));
test('refuses what it is not made for', () => expect(problemOf(maxPooling3d, {}, [[1, 8]]).code).toBe('rank'));

test('refuses a window that does not fit', () =>
  expect(problemOf(maxPooling3d, { poolSize: [3, 3, 3] }, [[1, 2, 4, 4, 1]])).toMatchObject({ code: 'window-too-large', parameter: 'poolSize' }));
