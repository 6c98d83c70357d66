// GroupedQueryAttention: several heads of the query share one head of key and value. Ainslie et al., 2023.

import { boolean, integer, optionalInteger } from '../../lib/fields.ts';
import { attended, attentionPorts, callKeras, lookingAway, scoresField, scoresOutput } from './attending.ts';
import { repeated } from '../reshaping/enlarge.ts';
import { answeredByHeads, heads, projectionFields, projectionGroup, projectionKeras } from './heads.ts';
import { allKeras, heldActivity } from '../holding.ts';
import { initializerField } from '../initializers/index.ts';
import { LayerError, layer } from '../layer.ts';
import { rateField } from '../regularization/noise.ts';

export const groupedQueryAttention = layer({
  id: 'groupedQueryAttention',
  title: 'GroupQueryAttention',
  family: 'attention',
  help: {
    text: 'MultiHeadAttention in which several heads of the query share one head of key and value: nearly as good, with fewer weights and less to remember. With only the query connected a sequence attends to itself.',
    formula: 'head_i = softmax(Q_i · K_⌊i/r⌋ᵀ / √head_dim) · V_⌊i/r⌋;  y = [head_1, head_2, …] · W + b',
    source: 'https://keras.io/api/layers/attention_layers/group_query_attention/',
  },
  synonyms: ['transformer', 'self-attention', 'gqa', 'multi-query attention', 'llama'],
  fields: {
    headDim: integer({ label: 'Head size', help: 'Features of query, key and value in each head.', min: 1, max: 100_000, sliderMax: 128, default: 16 }),
    numQueryHeads: integer({
      label: 'Query heads',
      help: 'How many patterns of attention are learned side by side.',
      min: 1,
      max: 1024,
      sliderMax: 16,
      default: 4,
    }),
    numKeyValueHeads: integer({
      label: 'Key-value heads',
      help: 'How many heads key and value have; each serves equally many heads of the query.',
      min: 1,
      max: 1024,
      sliderMax: 16,
      default: 2,
    }),
    useCausalMask: boolean({ label: 'Causal', help: 'No step sees those after it: for predicting what comes next.', default: false }),
    dropout: { ...rateField('The share of attention weights that is dropped while training.', 0), label: 'Dropout' },
    ...scoresField,
    slidingWindow: optionalInteger({
      label: 'Window',
      help: 'Every step sees only those less than so many steps away. Automatic: all.',
      min: 1,
      max: 1_000_000,
      level: 'advanced',
      default: null,
    }),
    useGate: boolean({ label: 'Gate', help: 'A learned gate between 0 and 1 for what every head gives.', default: false, level: 'advanced' }),
    useBias: boolean({ label: 'Bias', help: 'Adds learned constants to queries, keys, values and the output.', default: true, level: 'advanced' }),
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
    ...projectionFields,
  },
  inputs: attentionPorts,
  furtherOutputs: scoresOutput,
  naturalRank: 2,
  describe: (p) => [`${p.numQueryHeads} / ${p.numKeyValueHeads} heads × ${p.headDim}`, p.useCausalMask && 'causal'].filter(Boolean).join(' · '),
  lower(given, inputs, p) {
    const context = lookingAway(given, p);
    const { builder } = context;
    if (p.numQueryHeads % p.numKeyValueHeads !== 0) throw uneven(p.numQueryHeads, p.numKeyValueHeads);
    const { query, value, key, masks } = attended(context, inputs);
    const times = p.numQueryHeads / p.numKeyValueHeads;
    const asked = [p.numQueryHeads, p.headDim] as const,
      shared = [p.numKeyValueHeads, p.headDim] as const;
    const q = heads(context, query, 'query', asked, p);
    const k = repeated(builder, heads(context, key, 'key', shared, p), 1, times);
    const gate = p.useGate ? builder.sigmoid(heads(context, query, 'gate', asked, p)) : null;
    const v = repeated(builder, heads(context, value, 'value', shared, p), 1, times);
    // Keras counts what the last projection gives once more: as what the layer gives.
    return heldActivity(context, answeredByHeads(context, { query: q, key: k, value: v, gate }, masks, query.shape[2] as number, p), p);
  },
  keras: {
    className: 'GroupQueryAttention',
    extra: { seed: null },
    ...allKeras(projectionKeras, callKeras),
    weightGroup: (weight) => projectionGroup(weight, false),
    call: { inputs: 'each', least: 2, parameters: ['useCausalMask', 'returnAttentionScores'] },
  },
});

const uneven = (query: number, shared: number) =>
  new LayerError({
    code: 'heads',
    parameter: 'numKeyValueHeads',
    what: `${query} heads of the query cannot share ${shared} heads of key and value evenly.`,
    why: 'Each head of key and value serves equally many heads of the query.',
    repairs: [{ label: 'Set key-value heads to 1', parameters: { numKeyValueHeads: 1 } }],
  });
