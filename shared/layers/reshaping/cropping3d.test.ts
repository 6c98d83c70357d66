import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { cropping3d } from './cropping3d.ts';
import { size } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(cropping3d.fields);

proveLayer(cropping3d, {
  examples: fc.record({
    parameters: fc.record({
      front: fc.constantFrom(0, 1),
      back: fc.constant(0),
      top: fc.constantFrom(0, 1),
      bottom: fc.constant(0),
      left: fc.constantFrom(0, 1),
      right: fc.constant(0),
    }),
    inputs: fc.tuple(fc.tuple(size(2), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }), size(2))),
  }),
});

test('says what is set', () => expect(cropping3d.describe({ ...usual, back: 2 })).toBe('depth 1, 2 · rows 1, 1 · columns 1, 1'));
test('refuses what it is not made for', () => expect(problemOf(cropping3d, {}, [[1, 8]]).code).toBe('rank'));

test('refuses to cut everything', () =>
  expect(problemOf(cropping3d, {}, [[1, 2, 4, 4, 1]])).toMatchObject({ code: 'crop-too-large', what: 'Cutting 2 slices off 2 × 4 × 4 × 1 leaves nothing.' }));
