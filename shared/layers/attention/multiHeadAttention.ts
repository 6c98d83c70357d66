// MultiHeadAttention: several heads, each looking from every step at every other in its own way. Vaswani et al., 2017.

import { boolean, integer, optionalInteger } from '../../lib/fields.ts';
import { attended, attentionPorts, callKeras, lookingAway, scoresField, scoresOutput } from './attending.ts';
import { answeredByHeads, heads, projectionFields, projectionGroup, projectionKeras } from './heads.ts';
import { initializerField } from '../initializers/index.ts';
import { type InputPort, type LayerContext, LayerError, layer, sampleShape } from '../layer.ts';
import type { Tensor } from '../../tensor/types.ts';
import { rateField } from '../regularization/noise.ts';

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
    ...scoresField,
    attentionMask: boolean({
      label: 'Mask comes in',
      help: 'A second connection says which step of the query may look at which of the value: 0 or 1 for queries × keys. One row of it holds for all queries.',
      level: 'advanced',
      default: false,
    }),
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
    ...projectionFields,
  },
  inputs: attentionPorts,
  inputsWith: ({ attentionMask }) => (attentionMask === true ? maskedPorts : attentionPorts),
  furtherOutputs: scoresOutput,
  naturalRank: 2,
  describe: (p) => [`${p.numHeads} ${p.numHeads === 1 ? 'head' : 'heads'} × ${p.keyDim}`, p.useCausalMask && 'causal'].filter(Boolean).join(' · '),
  lower(given, inputs, p) {
    const context = lookingAway(given, p);
    const { builder } = context;
    const [first, mask, ...others] = inputs;
    const { query, value, key, masks } =
      p.attentionMask && first ? attended(context, [first, ...others], (input) => (input === 0 ? 0 : input + 1)) : attended(context, inputs);
    const asked = p.attentionMask ? givenMask(context, mask, [p.numHeads, query.shape[1] as number, value.shape[1] as number]) : null;
    const width = p.valueDim ?? p.keyDim;
    const ofKey = [p.numHeads, p.keyDim] as const,
      ofValue = [p.numHeads, width] as const;
    const q = heads(context, query, 'query', ofKey, p);
    const k = heads(context, key, 'key', ofKey, p);
    const gate = p.useGate ? builder.sigmoid(heads(context, query, 'gate', ofValue, p)) : null;
    const v = heads(context, value, 'value', ofValue, p);
    return answeredByHeads(context, { query: q, key: k, value: v, gate }, { ...masks, given: asked }, p.outputSize ?? (query.shape[2] as number), p);
  },
  keras: {
    className: 'MultiHeadAttention',
    extra: { seed: null, attention_axes: [1] },
    toConfig: (p) => ({
      ...projectionKeras.toConfig(p),
      value_dim: p.valueDim ?? p.keyDim,
      output_size: undefined,
      attention_mask: undefined,
      output_shape: p.outputSize === null ? null : [p.outputSize],
      ...callKeras.toConfig(p),
    }),
    weightGroup: (weight) => projectionGroup(weight, true),
    call: { inputs: 'each', least: 2, parameters: ['useCausalMask', 'returnAttentionScores'], second: { name: 'attention_mask', parameter: 'attentionMask' } },
    fromConfig(config) {
      const { output_shape: shape = null, value_dim: width = null, key_dim: size } = config;
      if (shape !== null && !(Array.isArray(shape) && shape.length === 1)) return null;
      const held = projectionKeras.fromConfig(config);
      return (
        held && {
          ...held,
          valueDim: width === size ? null : (width as number | null),
          outputSize: shape === null ? null : (shape[0] as number),
          ...callKeras.fromConfig(config),
        }
      );
    },
  },
});

const maskedPorts: readonly InputPort[] = [...attentionPorts.slice(0, 1), { name: 'attention_mask', label: 'Mask' }, ...attentionPorts.slice(1)];

/** What came in as a mask, as bool [batch, 1 or heads, 1 or steps, keys]. @throws LayerError where it does not fit */
function givenMask({ builder }: LayerContext, mask: Tensor | undefined, sizes: readonly [number, number, number]): Tensor {
  const [count, steps, keys] = sizes;
  const shape = mask?.shape.slice(1) ?? [];
  const wanted = shape.length === 3 ? sizes : [steps, keys];
  const fits = (shape.length === 2 || shape.length === 3) && shape.every((size, i) => size === wanted[i] || size === 1);
  if (!mask || !fits)
    throw new LayerError({
      code: 'shape-mismatch',
      input: 1,
      what: mask
        ? `Its mask must be ${steps} × ${keys}, 1 × ${keys} or ${count} × ${steps} × ${keys}, but is ${sampleShape(mask)}.`
        : 'Its mask is missing: nothing is connected there.',
      why: 'It says for every step of the query which steps of the value it may look at.',
    });
  const bool = builder.logicalNot(builder.equal(mask, builder.constant(0)));
  return shape.length === 3 ? bool : builder.reshape(bool, { shape: [mask.shape[0] as number, 1, ...shape] });
}
