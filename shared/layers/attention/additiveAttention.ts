// AdditiveAttention: query and key are compared by the tanh of their sum. Bahdanau et al., 2015.

import { boolean } from '../../lib/fields.ts';
import { answered, attended, attentionPorts, callKeras, comparedFeatures, lookingAway, refuseUnequalFeatures, scoresField, scoresOutput } from './attending.ts';
import { layer } from '../layer.ts';
import { rateField } from '../regularization/noise.ts';

export const additiveAttention = layer({
  id: 'additiveAttention',
  title: 'AdditiveAttention',
  family: 'attention',
  help: {
    text: 'For every step of the query, takes a mean of all steps of the value. How much a step counts is learned from the sum of query and key: the first attention, made for translating. With only the query connected a sequence attends to itself.',
    formula: 'y = softmax(Σ scale · tanh(Q + K)) · V',
    source: 'https://keras.io/api/layers/attention_layers/additive_attention/',
  },
  synonyms: ['bahdanau', 'attend', 'seq2seq', 'translation'],
  fields: {
    useScale: boolean({ label: 'Scale', help: 'Learns how much every feature counts.', default: true }),
    useCausalMask: boolean({ label: 'Causal', help: 'No step sees those after it: for predicting what comes next.', default: false }),
    dropout: { ...rateField('The share of attention weights that is dropped while training.', 0), label: 'Dropout' },
    ...scoresField,
  },
  inputs: attentionPorts,
  furtherOutputs: scoresOutput,
  naturalRank: 2,
  describe: (p) => [p.useScale ? 'scaled' : 'tanh', p.useCausalMask && 'causal'].filter(Boolean).join(' · '),
  lower(given, inputs, p) {
    const context = lookingAway(given, p);
    const { builder } = context;
    const sequences = attended(context, inputs);
    refuseUnequalFeatures(sequences);
    const compared = builder.tanh(comparedFeatures(builder, sequences));
    const features = sequences.query.shape[2] as number;
    const counted = p.useScale ? builder.multiply(context.weight('scale', [features], { initializer: 'glorotUniform' }), compared) : compared;
    return answered(context, sequences, builder.reduceSum(counted, { axes: [-1] }), p);
  },
  keras: {
    className: 'AdditiveAttention',
    extra: { seed: null },
    ...callKeras,
    call: { inputs: 'list', least: 2, parameters: ['useCausalMask', 'returnAttentionScores'] },
  },
});
