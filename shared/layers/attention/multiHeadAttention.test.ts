import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { multiHeadAttention } from './multiHeadAttention.ts';
import { attentionInputs, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(multiHeadAttention.fields);

proveLayer(multiHeadAttention, {
  examples: fc.record({
    parameters: fc.record({
      numHeads: size(3),
      keyDim: size(3),
      valueDim: fc.option(size(3)),
      outputSize: fc.option(size(4)),
      slidingWindow: fc.option(size(3)),
      useCausalMask: fc.boolean(),
      useGate: fc.boolean(),
      useBias: fc.boolean(),
      dropout: fc.constantFrom(0, 0.25),
    }),
    inputs: attentionInputs(fc.boolean()),
  }),
});

test('says its heads on the node', () => {
  expect(multiHeadAttention.describe({ ...usual, numHeads: 8, keyDim: 64 })).toBe('8 heads × 64');
  expect(multiHeadAttention.describe({ ...usual, numHeads: 1, useCausalMask: true })).toBe('1 head × 16 · causal');
});

test('gives what the query has, so that both can be added', () => {
  const { outputShape } = lowered(
    multiHeadAttention,
    { ...usual },
    [
      [2, 5, 12],
      [2, 7, 3],
    ],
    { training: true },
  );
  expect(outputShape).toEqual([2, 5, 12]);
});

test('starts its kernels as the matrices that they are', () => {
  const { weights } = lowered(multiHeadAttention, { ...usual, numHeads: 2, keyDim: 3 }, [[1, 4, 5]], { training: true });
  const initials = weights.filter(({ shape }) => shape.length === 3).map(({ name, options }) => [name, options.initializer]);
  expect(initials).toEqual([
    ['query/kernel', { as: [5, 6], initializer: 'glorotUniform' }],
    ['key/kernel', { as: [5, 6], initializer: 'glorotUniform' }],
    ['value/kernel', { as: [5, 6], initializer: 'glorotUniform' }],
    ['attention_output/kernel', { as: [6, 5], initializer: 'glorotUniform' }],
  ]);
});

test('refuses what is no sequence, and a key with other steps than the value', () => {
  expect(problemOf(multiHeadAttention, {}, [[1, 8]])).toMatchObject({ code: 'rank', input: 0, what: 'It needs a sequence of steps × features, but gets 8.' });
  expect(
    problemOf(multiHeadAttention, {}, [
      [1, 4, 2],
      [1, 4, 2, 2],
    ]),
  ).toMatchObject({ code: 'rank', input: 1 });
  expect(
    problemOf(multiHeadAttention, {}, [
      [1, 4, 2],
      [1, 3, 2],
      [1, 5, 2],
    ]),
  ).toMatchObject({
    code: 'shape-mismatch',
    what: 'Key and value must have equally many steps, but have 5 and 3.',
  });
});

test('a mask from outside stands beside the query, and must fit it', () => {
  const masked = (mask: readonly number[]) =>
    lowered(multiHeadAttention, { ...usual, attentionMask: true }, [[2, 3, 4], mask, [2, 5, 4]], { training: false }).outputShape;
  expect(
    [
      [2, 3, 5],
      [2, 1, 5],
      [2, 4, 3, 5],
    ].map(masked),
  ).toEqual([
    [2, 3, 4],
    [2, 3, 4],
    [2, 3, 4],
  ]);
  expect(
    problemOf(multiHeadAttention, { attentionMask: true }, [
      [1, 3, 4],
      [1, 3, 2],
    ]),
  ).toMatchObject({
    ...{ code: 'shape-mismatch', input: 1 },
    what: 'Its mask must be 3 × 3, 1 × 3 or 4 × 3 × 3, but is 3 × 2.',
  });
  expect(problemOf(multiHeadAttention, { attentionMask: true }, [[1, 3, 4]])).toMatchObject({ code: 'shape-mismatch', input: 1 });
});

test('with nothing that says otherwise sees everything: no mask in the program', () => {
  const { program } = lowered(multiHeadAttention, { ...usual }, [[1, 4, 5]], { training: false });
  expect(program.instructions.some(({ operation }) => operation === 'select')).toBe(false);
});
