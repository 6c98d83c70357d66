// MultiHeadAttention: several heads, each looking from every step at every other in its own way. Vaswani et al., 2017.

import { boolean, integer, optionalInteger } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Tensor } from '../tensor/types.ts';
import { allOf, alongKeys, alongQueries, type Attended, attended, attentionPorts, causal, places, weighted } from './attending.ts';
import { type InitializerId, initializerField } from './initializers/index.ts';
import { layer, type LayerContext } from './layer.ts';
import { rateField } from './noise.ts';

export const multiHeadAttention = layer({
  id: 'multiHeadAttention',
  title: 'MultiHeadAttention',
  family: 'attention',
  help: {
    text: 'From every step of the query, each head looks at all steps of the value and takes a mean of them, weighted by how well their keys match. With only the query connected a sequence attends to itself: the heart of a transformer.',
    formula: 'head_i = softmax(Q_i · K_iᵀ / √key_dim) · V_i;  y = [head_1, head_2, …] · W + b',
    source: 'https://keras.io/api/layers/attention_layers/multi_head_attention/',
  },
  synonyms: ['transformer', 'self-attention', 'cross-attention', 'attend', 'bert', 'gpt'],
  fields: {
    numHeads: integer({ label: 'Heads', help: 'How many patterns of attention are learned side by side.', min: 1, max: 1024, sliderMax: 16, default: 4 }),
    keyDim: integer({ label: 'Key size', help: 'Features of query and key in each head.', min: 1, max: 100_000, sliderMax: 128, default: 16 }),
    valueDim: optionalInteger({
      label: 'Value size',
      help: 'Features of the value in each head. Automatic: as the key.',
      min: 1,
      max: 100_000,
      level: 'advanced',
      default: null,
    }),
    useCausalMask: boolean({ label: 'Causal', help: 'No step sees those after it: for predicting what comes next.', default: false }),
    dropout: { ...rateField('The share of attention weights that is dropped while training.', 0), label: 'Dropout' },
    outputSize: optionalInteger({
      label: 'Output size',
      help: 'Features of the output. Automatic: as the query has, so that both can be added.',
      min: 1,
      max: 100_000,
      level: 'advanced',
      default: null,
    }),
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
  },
  inputs: attentionPorts,
  naturalRank: 2,
  describe: (p) => [`${p.numHeads} ${p.numHeads === 1 ? 'head' : 'heads'} × ${p.keyDim}`, p.useCausalMask && 'causal'].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const { query, value, key, masks } = attended(context, inputs);
    const width = p.valueDim ?? p.keyDim;
    const q = heads(context, query, 'query', p.keyDim, p);
    const k = heads(context, key, 'key', p.keyDim, p);
    const gate = p.useGate ? builder.sigmoid(heads(context, query, 'gate', width, p)) : null;
    const v = heads(context, value, 'value', width, p);
    const scores = builder.matMul(builder.multiply(q, builder.constant(1 / Math.sqrt(p.keyDim))), k, { transposeB: true });
    const may = seen(builder, { steps: query.shape[1] as number, keys: key.shape[1] as number, masks }, p);
    const answers = weighted(context, may ? builder.select(may, scores, builder.constant(NOT_SEEN)) : scores, v, p.dropout, p.dropout > 0 ? may : null);
    context.setMask(masks.query);
    return joined(context, gate ? builder.multiply(answers, gate) : answers, p.outputSize ?? (query.shape[2] as number), p);
  },
  keras: {
    className: 'MultiHeadAttention',
    extra: { seed: null, attention_axes: [1] },
    toConfig: (p) => ({
      value_dim: p.valueDim ?? p.keyDim,
      output_size: undefined,
      output_shape: p.outputSize === null ? null : [p.outputSize],
      use_causal_mask: undefined,
    }),
    weightGroup: (weight) => groups[weight.slice(0, weight.indexOf('/'))] ?? '',
    call: { inputs: 'each', least: 2, parameters: ['useCausalMask'] },
    fromConfig(config) {
      const { output_shape: shape = null, value_dim: width = null, key_dim: size, use_causal_mask: useCausalMask = false } = config;
      if (shape !== null && !(Array.isArray(shape) && shape.length === 1)) return null;
      return {
        valueDim: width === size ? null : (width as number | null),
        outputSize: shape === null ? null : (shape[0] as number),
        useCausalMask: useCausalMask === true,
      };
    },
  },
});

/** Where Keras files the weights of each projection. */
const groups: Readonly<Record<string, string>> = {
  query: 'query_dense',
  key: 'key_dense',
  gate: '_gate_dense',
  value: 'value_dense',
  attention_output: 'output_dense',
};

/** Keras' number for scores of what is not seen: where nothing is seen, all count alike; with dropout, Keras lets none count. */
const NOT_SEEN = -0.7 * 3.4028234663852886e38;

interface View {
  readonly steps: number;
  readonly keys: number;
  readonly masks: Attended['masks'];
}

/** [batch or 1, 1, steps, keys]: which step sees which key; null where each sees all. */
function seen(builder: Builder, { steps, keys, masks }: View, p: { readonly useCausalMask: boolean; readonly slidingWindow: number | null }): Tensor | null {
  const { slidingWindow } = p;
  const may = allOf(builder, [
    masks.query && alongQueries(builder, masks.query),
    masks.value && alongKeys(builder, masks.value),
    masks.key && alongKeys(builder, masks.key),
    p.useCausalMask ? places(builder, steps, keys, causal) : null,
    slidingWindow === null ? null : places(builder, steps, keys, (i, j) => Math.abs(i - j) < slidingWindow),
  ]);
  return may && builder.reshape(may, { shape: [may.shape[0] as number, 1, ...may.shape.slice(1)] });
}

interface Weights {
  readonly numHeads: number;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerId;
  readonly biasInitializer: InitializerId;
}

/** Projects [batch, steps, features] into [batch, heads, steps, size]. */
function heads(context: LayerContext, x: Tensor, name: string, size: number, p: Weights): Tensor {
  const { builder } = context;
  const [batch, steps, features] = x.shape as [number, number, number];
  const width = p.numHeads * size;
  const kernel = context.weight(`${name}/kernel`, [features, p.numHeads, size], { initializer: { as: [features, width], initializer: p.kernelInitializer } });
  const product = builder.matMul(x, builder.reshape(kernel, { shape: [features, width] }));
  const projected = p.useBias
    ? builder.add(product, builder.reshape(context.weight(`${name}/bias`, [p.numHeads, size], { initializer: p.biasInitializer }), { shape: [width] }))
    : product;
  return builder.transpose(builder.reshape(projected, { shape: [batch, steps, p.numHeads, size] }), { permutation: [0, 2, 1, 3] });
}

/** What the heads give, [batch, heads, steps, size], side by side and projected to [batch, steps, features]. */
function joined(context: LayerContext, answers: Tensor, features: number, p: Weights): Tensor {
  const { builder } = context;
  const [batch, count, steps, size] = answers.shape as [number, number, number, number];
  const flat = builder.reshape(builder.transpose(answers, { permutation: [0, 2, 1, 3] }), { shape: [batch, steps, count * size] });
  const initializer = { as: [count * size, features], initializer: p.kernelInitializer };
  const kernel = context.weight('attention_output/kernel', [count, size, features], { initializer });
  const product = builder.matMul(flat, builder.reshape(kernel, { shape: [count * size, features] }));
  return p.useBias ? builder.add(product, context.weight('attention_output/bias', [features], { initializer: p.biasInitializer })) : product;
}
