import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { groupedQueryAttention } from './groupedQueryAttention.ts';
import { attentionInputs, size } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(groupedQueryAttention, {
  examples: fc.record({
    parameters: fc
      .record({
        headDim: size(3),
        numKeyValueHeads: size(2),
        times: size(2),
        slidingWindow: fc.option(size(3)),
        useCausalMask: fc.boolean(),
        useGate: fc.boolean(),
        useBias: fc.boolean(),
      })
      .map(({ times, ...parameters }) => ({ ...parameters, numQueryHeads: times * parameters.numKeyValueHeads })),
    inputs: attentionInputs(fc.boolean()),
  }),
});

test('says its heads on the node', () =>
  expect(groupedQueryAttention.describe({ ...defaults(groupedQueryAttention.fields), numQueryHeads: 8, useCausalMask: true })).toBe(
    '8 / 2 heads × 16 · causal',
  ));

test('refuses heads that cannot be shared evenly, and mends it', () => {
  expect(problemOf(groupedQueryAttention, { numQueryHeads: 4, numKeyValueHeads: 3 }, [[1, 4, 2]])).toMatchObject({
    code: 'heads',
    what: '4 heads of the query cannot share 3 heads of key and value evenly.',
  });
  expect(shapesAfterRepairs(groupedQueryAttention, { numQueryHeads: 4, numKeyValueHeads: 3 }, [[1, 4, 2]])).toEqual([['Set key-value heads to 1', [4, 2]]]);
});
