// Attention: a mean of values, weighted by how well their keys match the query. Luong et al., 2015.

import { boolean, choice } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { answered, attended, attentionPorts, callKeras, comparedFeatures, lookingAway, refuseUnequalFeatures, scoresField, scoresOutput } from './attending.ts';
import { layer } from '../layer.ts';
import { rateField } from '../regularization/noise.ts';

export const attention = layer({
  id: 'attention',
  title: 'Attention',
  family: 'attention',
  help: {
    text: 'For every step of the query, takes a mean of all steps of the value, weighted by how well their keys match it. A decoder finds with it the place of the input that matters now. With only the query connected a sequence attends to itself.',
    formula: 'y = softmax(Q · Kᵀ) · V',
    source: 'https://keras.io/api/layers/attention_layers/attention/',
  },
  synonyms: ['luong', 'dot-product attention', 'self-attention', 'seq2seq', 'attend'],
  fields: {
    useScale: boolean({ label: 'Scale', help: 'Learns a factor for the scores: how sharply it looks.', default: false }),
    scoreMode: choice({
      label: 'Score',
      help: 'How query and key are compared.',
      choices: [
        { value: 'dot', label: 'dot', help: 'The product, feature by feature, added up.' },
        { value: 'concat', label: 'concat', help: 'The tanh of the sum of both, added up.' },
      ],
      default: 'dot',
      look: 'segments',
    }),
    useCausalMask: boolean({ label: 'Causal', help: 'No step sees those after it: for predicting what comes next.', default: false }),
    dropout: { ...rateField('The share of attention weights that is dropped while training.', 0), label: 'Dropout' },
    ...scoresField,
  },
  inputs: attentionPorts,
  furtherOutputs: scoresOutput,
  naturalRank: 2,
  describe: (p) => [p.scoreMode, p.useScale && 'scaled', p.useCausalMask && 'causal'].filter(Boolean).join(' · '),
  lower(given, inputs, p) {
    const context = lookingAway(given, p);
    const { builder } = context;
    const sequences = attended(context, inputs);
    refuseUnequalFeatures(sequences);
    const { query, key } = sequences;
    const scale = p.useScale ? context.weight('scale', [], { initializer: 'ones' }) : null;
    const scaled = (x: Tensor) => (scale ? builder.multiply(x, scale) : x);
    if (p.scoreMode === 'dot') return answered(context, sequences, scaled(builder.matMul(query, key, { transposeB: true })), p);
    const weight = context.weight('concat_score_weight', [], { initializer: 'ones' });
    const sums = builder.reduceSum(builder.tanh(scaled(comparedFeatures(builder, sequences))), { axes: [-1] });
    return answered(context, sequences, builder.multiply(weight, sums), p);
  },
  keras: {
    className: 'Attention',
    extra: { seed: null },
    ...callKeras,
    call: { inputs: 'list', least: 2, parameters: ['useCausalMask', 'returnAttentionScores'] },
  },
});
