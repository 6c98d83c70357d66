import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { positionEmbedding } from './positionEmbedding.ts';
import { sequences } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(positionEmbedding, {
  examples: fc.record({
    parameters: fc.record({
      kind: fc.constantFrom('learned', 'sinusoidal'),
      sequenceLength: fc.option(fc.integer({ min: 5, max: 9 })),
      maxWavelength: fc.constantFrom(100, 10_000),
    }),
    inputs: fc.tuple(sequences),
  }),
});

test('says where its vectors come from', () => {
  const usual = defaults(positionEmbedding.fields);
  expect([positionEmbedding.describe(usual), positionEmbedding.describe({ ...usual, kind: 'sinusoidal' })]).toEqual(['learned', 'waves']);
});

test('refuses a sequence that is longer than its vectors, and mends it', () => {
  expect(problemOf(positionEmbedding, { sequenceLength: 4 }, [[1, 6, 2]])).toMatchObject({
    code: 'sequence-too-long',
    what: 'It has vectors for 4 steps, but gets 6.',
  });
  expect(shapesAfterRepairs(positionEmbedding, { sequenceLength: 4 }, [[1, 6, 2]]).map(([, shape]) => shape)).toEqual([
    [6, 2],
    [6, 2],
  ]);
  expect(problemOf(positionEmbedding, {}, [[1, 6]]).code).toBe('rank');
});
