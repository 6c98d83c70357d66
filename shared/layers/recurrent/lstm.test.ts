import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { createInitial } from '../initializers/index.ts';
import { lstm } from './lstm.ts';
import { sequences, size, stepActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(lstm.fields);

proveLayer(lstm, {
  examples: fc.record({
    parameters: fc.record({
      units: size(3),
      dropout: fc.constantFrom(0, 0.25),
      recurrentDropout: fc.constantFrom(0, 0.5),
      activation: stepActivation,
      useBias: fc.boolean(),
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
      recurrentActivation: fc.constantFrom('sigmoid', 'tanh'),
      unitForgetBias: fc.boolean(),
    }),
    inputs: fc.tuple(sequences),
  }),
  // The weights are set afterwards; tfjs-layers’ own orthogonal start would need more of tfjs.
  oracle: ({ units, activation, useBias, returnSequences, goBackwards, recurrentActivation }) =>
    tf.lstm({
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
  expect(lstm.describe({ ...usual, units: 128 })).toBe('128 units');
  expect(lstm.describe({ ...usual, units: 1, returnSequences: true })).toBe('1 unit · sequence');
});

test('refuses what is not a sequence', () => {
  expect(problemOf(lstm, {}, [[1, 28, 28, 1]])).toMatchObject({ code: 'rank', what: 'It needs a sequence of steps × features, but gets 28 × 28 × 1.' });
});

test('starts the forget gate at 1, whatever the rest starts at', () => {
  const { weights } = lowered(lstm, { ...usual, units: 2, biasInitializer: 'zeros' }, [[1, 3, 4]], { training: true });
  const bias = weights.find(({ name }) => name === 'bias');
  expect([...createInitial(bias?.options.initializer ?? 'ones', bias?.shape ?? [], 1)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  const plain = lowered(lstm, { ...usual, units: 2, unitForgetBias: false }, [[1, 3, 4]], { training: true }).weights.find(({ name }) => name === 'bias');
  expect(plain?.options.initializer).toBe('zeros');
});
