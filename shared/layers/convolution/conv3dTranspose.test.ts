import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { conv3dTranspose } from './conv3dTranspose.ts';
import { size, tripleOf, volumes } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv3dTranspose.fields);

proveLayer(conv3dTranspose, {
  examples: fc.record({
    parameters: fc.record({ filters: size(2), kernelSize: tripleOf(2), strides: tripleOf(2), padding: fc.constantFrom('same', 'valid') }),
    inputs: fc.tuple(volumes),
  }),
  runs: 12,
});

test('says what is set', () => expect(conv3dTranspose.describe({ ...usual, filters: 1, strides: [2, 2, 2] as const })).toBe('1 filter · 3 × 3 × 3 · stride 2'));
test('refuses what it is not made for', () => expect(problemOf(conv3dTranspose, {}, [[1, 8]]).code).toBe('rank'));

test('refuses an output padding that leads nowhere', () =>
  expect(problemOf(conv3dTranspose, { outputPadding: [2, 0, 0] }, [[1, 2, 2, 2, 1]])).toMatchObject({
    code: 'output-padding',
    what: expect.stringContaining('along the depth'),
  }));
