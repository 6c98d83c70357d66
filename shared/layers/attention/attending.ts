// What the attention layers share: their inputs, which steps may look at which, and the mean of values that scores weigh. No layer itself.

import { boolean } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import type { KerasPart } from '../holding.ts';
import { type InputPort, type LayerContext, LayerError, sampleShape } from '../layer.ts';
import { dropped } from '../regularization/noise.ts';

export const attentionPorts: readonly InputPort[] = [
  { name: 'query', label: 'Query' },
  { name: 'value', label: 'Value', optional: true },
  { name: 'key', label: 'Key', optional: true },
];

export interface Attended {
  readonly query: Tensor;
  readonly value: Tensor;
  readonly key: Tensor;
  /** Which steps of each count. A key that is not connected has the value's steps and says nothing of its own. */
  readonly masks: { readonly query: Tensor | null; readonly value: Tensor | null; readonly key: Tensor | null };
}

const why =
  'Attention looks from every step of the query at every step of the value, so both must be sequences. A Reshape layer can split a sample into steps.';

/**
 * Query, value and key, each [batch, steps, features]: one connection attends to itself, a value is its own key.
 * @param place which of the layer's connections each of these is
 * @throws LayerError
 */
export function attended(context: LayerContext, inputs: readonly Tensor[], place: (input: number) => number = (input) => input): Attended {
  inputs.forEach((input, i) => {
    if (input.shape.length !== 3)
      throw new LayerError({ code: 'rank', input: place(i), what: `It needs a sequence of steps × features, but gets ${sampleShape(input)}.`, why });
  });
  const [query, value = query, key = value] = inputs;
  if (!query || !value || !key) throw new LayerError({ code: 'no-input', what: 'Nothing is connected to its query.' });
  if (key.shape[1] !== value.shape[1]) {
    const what = `Key and value must have equally many steps, but have ${key.shape[1]} and ${value.shape[1]}.`;
    throw new LayerError({ code: 'shape-mismatch', input: place(2), what, why: 'A step of the key says how much its step of the value counts.' });
  }
  const valueMask = context.inputMask(inputs.length > 1 ? place(1) : 0);
  return { query, value, key, masks: { query: context.inputMask(0), value: valueMask, key: inputs.length > 2 ? context.inputMask(place(2)) : null } };
}

/** @throws LayerError unless query and key have equally many features */
export function refuseUnequalFeatures({ query, key }: Attended): void {
  const [ofQuery, ofKey] = [query.shape[2], key.shape[2]];
  if (ofQuery === ofKey) return;
  throw new LayerError({
    code: 'shape-mismatch',
    what: `Query and key must have equally many features, but have ${ofQuery} and ${ofKey}.`,
    why: 'They are compared feature by feature. A Dense layer before one of them can give it as many as the other has.',
  });
}

/** [1, queries, keys]: true where the test of both places says so. */
export function places(builder: Builder, queries: number, keys: number, may: (query: number, key: number) => boolean): Tensor {
  const list = Array.from({ length: queries * keys }, (_, i) => Number(may(Math.floor(i / keys), i % keys)));
  return builder.constant(list, [1, queries, keys], 'bool');
}

/** No query sees a key behind its own place. */
export const causal = (query: number, key: number): boolean => key <= query;

/** A mask [batch, steps] along the keys: [batch, 1, steps]. */
export const alongKeys = (builder: Builder, mask: Tensor): Tensor => builder.reshape(mask, { shape: [mask.shape[0] as number, 1, mask.shape[1] as number] });
/** The same along the queries: [batch, steps, 1]. */
export const alongQueries = (builder: Builder, mask: Tensor): Tensor => builder.reshape(mask, { shape: [...mask.shape, 1] });

/** Where all that are there are true; null for none. */
export const allOf = (builder: Builder, masks: readonly (Tensor | null)[]): Tensor | null =>
  masks.reduce((all, next) => (all && next ? builder.logicalAnd(all, next) : (all ?? next)), null);

/**
 * The mean of the values, weighted by the softmax of the scores; while training a random share of the weights is dropped.
 * @param nothing where false, no weight: without it a step that sees nothing takes the mean of everything
 */
export function weighted(context: LayerContext, scores: Tensor, value: Tensor, dropout: number, nothing: Tensor | null = null): Weighted {
  const { builder } = context;
  const shares = builder.softmax(scores, { axis: -1 });
  const weights = nothing ? builder.select(nothing, shares, builder.constant(0)) : shares;
  const kept = context.training && dropout > 0 ? dropped(context, weights, weights.shape, dropout) : weights;
  return { answer: builder.matMul(kept, value), weights, kept };
}

interface Weighted {
  readonly answer: Tensor;
  /** How much every step counts: all of it, and what dropout leaves. */
  readonly weights: Tensor;
  readonly kept: Tensor;
}

/** How much every step counted, as a result of its own. */
export const scoresField = {
  returnAttentionScores: boolean({
    label: 'Return attention scores',
    help: 'Gives also how much every step counted for every other, as a result of its own: what the layer looked at.',
    level: 'advanced',
    default: false,
  }),
  ignoreMask: boolean({
    label: 'Padding counts',
    help: 'Masks of what comes in are handed on, but steps that are padding are looked at as all others: so Keras does where another attention has read the same before.',
    level: 'advanced',
    default: false,
  }),
};
/** The context of a layer that sees no masks, where it is asked to; the query's is handed on. */
export function lookingAway(context: LayerContext, { ignoreMask }: { readonly ignoreMask: boolean }): LayerContext {
  if (!ignoreMask) return context;
  context.setMask(context.inputMask(0));
  return {
    ...{ builder: context.builder, training: context.training, trainable: context.trainable },
    weight: (name, shape, options) => context.weight(name, shape, options),
    update: (weight, value) => context.update(weight, value),
    random: (distribution, shape) => context.random(distribution, shape),
    addLoss: (loss, of) => context.addLoss(loss, of),
    giveMore: (results, masks) => context.giveMore(results, masks),
    inputMask: () => null,
    setMask() {},
  };
}
export const scoresOutput = ({ returnAttentionScores }: Readonly<Record<string, unknown>>): readonly string[] =>
  returnAttentionScores === true ? ['attention scores'] : [];
/** What stands in the call, not in the configuration; that masks are ignored the importer says. */
export const callKeras: KerasPart<{ readonly useCausalMask: boolean; readonly returnAttentionScores: boolean; readonly ignoreMask: boolean }> = {
  toConfig: () => ({ use_causal_mask: undefined, return_attention_scores: undefined, ignore_mask: undefined }),
  fromConfig: ({ use_causal_mask: causal = false, return_attention_scores: scores = false, ignore_mask: ignores = false }) => ({
    useCausalMask: causal === true,
    returnAttentionScores: scores === true,
    ignoreMask: ignores === true,
  }),
};

/** Query plus key for every pair of steps: [batch, queries, keys, features]. */
export function comparedFeatures(builder: Builder, { query, key }: Attended): Tensor {
  const [batch, queries, features] = query.shape as [number, number, number];
  const rows = builder.reshape(query, { shape: [batch, queries, 1, features] });
  return builder.add(rows, builder.reshape(key, { shape: [batch, 1, key.shape[1] as number, features] }));
}

/** What single-headed attention gives for its scores [batch, queries, keys]: steps of the query that do not count become 0. */
export function answered(
  context: LayerContext,
  { value, masks }: Attended,
  scores: Tensor,
  p: { readonly useCausalMask: boolean; readonly dropout: number; readonly returnAttentionScores: boolean },
): Tensor {
  const { builder } = context;
  const order = p.useCausalMask ? places(builder, scores.shape[1] as number, scores.shape[2] as number, causal) : null;
  const may = allOf(builder, [masks.value && alongKeys(builder, masks.value), order]);
  const shown = may ? builder.select(may, scores, builder.subtract(scores, builder.constant(1e9))) : scores;
  const { answer, kept } = weighted(context, shown, value, p.dropout);
  context.setMask(masks.query);
  if (p.returnAttentionScores) context.giveMore([kept]);
  return masks.query ? builder.select(alongQueries(builder, masks.query), answer, builder.constant(0)) : answer;
}
