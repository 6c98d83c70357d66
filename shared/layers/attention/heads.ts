// What attention with several heads shares: projections into heads, what each sees, and bringing the heads together. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { allOf, alongKeys, alongQueries, causal, places, weighted } from './attending.ts';
import { activityFields, activityKeras, allKeras, held, heldActivity, type HeldBy, heldFields, heldKeras } from '../holding.ts';
import type { InitializerValue } from '../initializers/index.ts';
import type { LayerContext } from '../layer.ts';

/** Where Keras files the weight of a projection: `query/kernel` in `query_dense`. The gate has no public name, in some layers none has. */
export function projectionGroup(weight: string, isPublic: boolean): string {
  const name = weight.slice(0, weight.indexOf('/'));
  return `${isPublic && name !== 'gate' ? '' : '_'}${name === 'attention_output' ? 'output' : name}_dense`;
}

/** Keras' number for scores of what is not seen: where nothing is seen, all count alike; with dropout, Keras lets none count. */
const NOT_SEEN = -0.7 * 3.4028234663852886e38;

interface View {
  readonly steps: number;
  readonly keys: number;
  readonly masks: HeadMasks;
}
export interface HeadMasks {
  readonly query: Tensor | null;
  readonly value: Tensor | null;
  readonly key: Tensor | null;
  /** From outside, bool: [batch, 1, steps, keys], for each head its own where it has so many instead of 1. */
  readonly given?: Tensor | null;
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
  return allOf(builder, [masks.given ?? null, may && builder.reshape(may, { shape: [may.shape[0] as number, 1, ...may.shape.slice(1)] })]);
}

interface ProjectionOptions extends HeldBy<'kernel'>, HeldBy<'bias'> {
  readonly activityL1: number;
  readonly activityL2: number;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerValue;
  readonly biasInitializer: InitializerValue;
}

/** What holds the weights of all projections, and what each of them gives. */
export const projectionFields = { ...heldFields('kernel', 'Kernel'), ...heldFields('bias', 'Bias', false), ...activityFields };
export const projectionKeras = allKeras(heldKeras({ kernel: 3, bias: 1 }), activityKeras);

/** Projects [batch, steps, features] into [batch, count, steps, size]. */
export function heads(context: LayerContext, x: Tensor, name: string, [count, size]: readonly [number, number], p: ProjectionOptions): Tensor {
  const { builder } = context;
  const [batch, steps, features] = x.shape as [number, number, number];
  const width = count * size;
  const kernel = held(context, `${name}/kernel`, [features, count, size], { as: [features, width], initializer: p.kernelInitializer }, p, 'kernel');
  const product = builder.matMul(x, builder.reshape(kernel, { shape: [features, width] }));
  const projected = p.useBias
    ? builder.add(product, builder.reshape(held(context, `${name}/bias`, [count, size], p.biasInitializer, p, 'bias'), { shape: [width] }))
    : product;
  return builder.transpose(builder.reshape(heldActivity(context, projected, p), { shape: [batch, steps, count, size] }), { permutation: [0, 2, 1, 3] });
}

/** What the heads give, [batch, heads, steps, size], side by side and projected to [batch, steps, features]. */
function joined(context: LayerContext, answers: Tensor, features: number, p: ProjectionOptions): Tensor {
  const { builder } = context;
  const [batch, count, steps, size] = answers.shape as [number, number, number, number];
  const flat = builder.reshape(builder.transpose(answers, { permutation: [0, 2, 1, 3] }), { shape: [batch, steps, count * size] });
  const initializer = { as: [count * size, features], initializer: p.kernelInitializer };
  const kernel = held(context, 'attention_output/kernel', [count, size, features], initializer, p, 'kernel');
  const product = builder.matMul(flat, builder.reshape(kernel, { shape: [count * size, features] }));
  const answer = p.useBias ? builder.add(product, held(context, 'attention_output/bias', [features], p.biasInitializer, p, 'bias')) : product;
  return heldActivity(context, answer, p);
}

interface Heads {
  /** Each [batch, heads, steps, size]; the gate as the answers. */
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly gate: Tensor | null;
}
interface HeadOptions extends ProjectionOptions {
  readonly useCausalMask: boolean;
  readonly slidingWindow: number | null;
  readonly dropout: number;
  readonly returnAttentionScores: boolean;
}

/** What all heads see, weighted and projected to so many features; the mask of the query is the result's. */
export function answeredByHeads(context: LayerContext, { query, key, value, gate }: Heads, masks: HeadMasks, features: number, p: HeadOptions): Tensor {
  const { builder } = context;
  const [, , steps, size] = query.shape as [number, number, number, number];
  const scores = builder.matMul(builder.multiply(query, builder.constant(1 / Math.sqrt(size))), key, { transposeB: true });
  const may = seen(builder, { steps, keys: key.shape[2] as number, masks }, p);
  const shown = may ? builder.select(may, scores, builder.constant(NOT_SEEN)) : scores;
  const { answer: answers, weights } = weighted(context, shown, value, p.dropout, p.dropout > 0 ? may : null);
  context.setMask(masks.query);
  if (p.returnAttentionScores) context.giveMore([weights]);
  return joined(context, gate ? builder.multiply(answers, gate) : answers, features, p);
}
