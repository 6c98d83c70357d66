import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { additiveAttention } from './additiveAttention.ts';
import { attentionInputs } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(additiveAttention, {
  examples: fc.record({
    parameters: fc.record({ useScale: fc.boolean(), useCausalMask: fc.boolean(), dropout: fc.constantFrom(0, 0.25) }),
    inputs: attentionInputs(fc.constant(true)),
  }),
});

test('says whether it scales', () => {
  const usual = defaults(additiveAttention.fields);
  expect(additiveAttention.describe(usual)).toBe('scaled');
  expect(additiveAttention.describe({ ...usual, useScale: false, useCausalMask: true })).toBe('tanh · causal');
});

test('refuses a query that cannot be added to the key', () => {
  expect(
    problemOf(additiveAttention, {}, [
      [1, 4, 2],
      [1, 4, 3],
    ]).code,
  ).toBe('shape-mismatch');
});
