import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { attention } from './attention.ts';
import { attentionInputs } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(attention, {
  examples: fc.record({
    parameters: fc.record({
      useScale: fc.boolean(),
      scoreMode: fc.constantFrom('dot', 'concat'),
      useCausalMask: fc.boolean(),
      dropout: fc.constantFrom(0, 0.25),
    }),
    inputs: attentionInputs(fc.constant(true)),
  }),
});

test('says how it scores', () => {
  const usual = defaults(attention.fields);
  expect(attention.describe(usual)).toBe('dot');
  expect(attention.describe({ ...usual, scoreMode: 'concat', useScale: true, useCausalMask: true })).toBe('concat · scaled · causal');
});

test('refuses a query that cannot be compared with the key', () => {
  expect(
    problemOf(attention, {}, [
      [1, 4, 2],
      [1, 4, 3],
    ]),
  ).toMatchObject({
    code: 'shape-mismatch',
    what: 'Query and key must have equally many features, but have 2 and 3.',
  });
});

test('gives how much each step counted, where it is asked for', () => {
  expect([attention.furtherOutputs?.({}), attention.furtherOutputs?.({ returnAttentionScores: true })]).toEqual([[], ['attention scores']]);
});
