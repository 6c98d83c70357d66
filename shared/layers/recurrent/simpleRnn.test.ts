import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { simpleRnn } from './simpleRnn.ts';
import { sequences, size, stepActivation, tfNameOf } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(simpleRnn.fields);

proveLayer(simpleRnn, {
  examples: fc.record({
    parameters: fc.record({
      units: size(3),
      dropout: fc.constantFrom(0, 0.25),
      recurrentDropout: fc.constantFrom(0, 0.5),
      activation: stepActivation,
      useBias: fc.boolean(),
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
    }),
    inputs: fc.tuple(sequences),
  }),
  // The weights are set afterwards; tfjs-layers’ own orthogonal start would need more of tfjs.
  oracle: ({ units, activation, useBias, returnSequences, goBackwards }) =>
    tf.simpleRNN({ units, activation: tfNameOf(activation), useBias, returnSequences, goBackwards, recurrentInitializer: 'zeros' }),
});

test('says its units on the node, and that it returns a sequence', () => {
  expect(simpleRnn.describe({ ...usual, units: 128 })).toBe('128 units');
  expect(simpleRnn.describe({ ...usual, units: 1, returnSequences: true })).toBe('1 unit · sequence');
});

test('refuses what is not a sequence', () => {
  expect(problemOf(simpleRnn, {}, [[1, 28, 28, 1]])).toMatchObject({ code: 'rank', what: 'It needs a sequence of steps × features, but gets 28 × 28 × 1.' });
});
