import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { gru } from './gru.ts';
import { sequences, size, stepActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(gru.fields);

proveLayer(gru, {
  examples: fc.record({
    parameters: fc.record({
      units: size(3),
      dropout: fc.constantFrom(0, 0.25),
      recurrentDropout: fc.constantFrom(0, 0.5),
      activation: stepActivation,
      useBias: fc.boolean(),
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
      recurrentActivation: stepActivation,
      resetAfter: fc.boolean(),
    }),
    inputs: fc.tuple(sequences),
  }),
  // The weights are set afterwards; tfjs-layers’ own orthogonal start would need more of tfjs.
  oracle: ({ units, activation, useBias, returnSequences, goBackwards, recurrentActivation, resetAfter }) =>
    resetAfter
      ? null
      : tf.gru({
          units,
          activation: tfNameOf(activation),
          useBias,
          returnSequences,
          goBackwards,
          recurrentActivation: tfNameOf(recurrentActivation),
          recurrentInitializer: 'zeros',
        }),
});

test('says its units on the node, and that it returns a sequence', () => {
  expect(gru.describe({ ...usual, units: 128 })).toBe('128 units');
  expect(gru.describe({ ...usual, units: 1, returnSequences: true })).toBe('1 unit · sequence');
});

test('refuses what is not a sequence', () => {
  expect(problemOf(gru, {}, [[1, 28, 28, 1]])).toMatchObject({ code: 'rank', what: 'It needs a sequence of steps × features, but gets 28 × 28 × 1.' });
});

test('has two biases when it resets after, one when before', () => {
  const biasShape = (resetAfter: boolean) => lowered(gru, { ...usual, units: 2, resetAfter }, [[1, 3, 4]], { training: true }).weights.at(-1)?.shape;
  expect([biasShape(true), biasShape(false)]).toEqual([[2, 6], [6]]);
});
