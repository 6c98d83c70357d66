// Lowers one node for its shape and counts what it added. Says nothing about what is wrong: analyze.ts does.

import type { AnyLayer, LayerProblem } from '../layers/layer.ts';
import { type Builder, createBuilder, operationNamed } from '../tensor/builder.ts';
import { type Shape, sizeOf, type Tensor } from '../tensor/types.ts';
import { LoweringContext } from './context.ts';
import type { GraphNode } from './graph.ts';
import { lowerNode, parametersOf, problemIn } from './lower.ts';
import type { NodeAnalysis } from './types.ts';

/** Any batch size does: a prime that no layer uses, so that nothing fits by accident. */
export const ANALYSIS_BATCH = 7;
const BYTES = 4;

/** What one node came to; `tensor` is null where it cannot be known. */
export interface Lowered {
  readonly tensor: Tensor | null;
  readonly tentative: boolean;
  readonly analysis: NodeAnalysis;
  readonly problem: LayerProblem | null;
}
export type KnownNode = GraphNode & { readonly layer: AnyLayer };

export const withoutBatch = (shape: Shape): Shape => shape.slice(1);
export const unknownAnalysis = (inputShapes: readonly (Shape | null)[]): NodeAnalysis => ({
  outputShape: null,
  tentative: false,
  inputShapes,
  trainable: 0,
  nonTrainable: 0,
  multiplyAdds: 0,
  activationBytes: 0,
  weights: [],
});

function multiplyAddsSince(builder: Builder, first: number): number {
  let sum = 0;
  for (let i = first; i < builder.instructions.length; i++) {
    const { operation, inputs, attributes, outputs } = builder.instructions[i] as (typeof builder.instructions)[number];
    sum += operationNamed(operation).multiplyAdds?.(inputs, attributes, outputs) ?? 0;
  }
  return Math.round(sum / ANALYSIS_BATCH);
}

function furtherShapes(context: LoweringContext, { node }: KnownNode): Pick<NodeAnalysis, 'furtherShapes'> {
  const further = context.further.get(node.id);
  return further ? { furtherShapes: further.map(({ shape }) => withoutBatch(shape)) } : {};
}

/** Lowers one node and measures what it added. @throws LayerError */
export function measure(
  context: LoweringContext,
  one: KnownNode,
  inputs: readonly Tensor[],
  parameters: Record<string, unknown>,
): { tensor: Tensor; analysis: NodeAnalysis } {
  const firstInstruction = context.builder.instructions.length,
    firstWeight = context.weights.length;
  const tensor = lowerNode(context, one, inputs, parameters);
  const weights = context.weights.slice(firstWeight).map(({ declaration }) => declaration);
  const count = (trainable: boolean) => weights.reduce((sum, weight) => sum + (weight.trainable === trainable ? sizeOf(weight.shape) : 0), 0);
  const outputShape = withoutBatch(tensor.shape);
  const analysis: NodeAnalysis = {
    outputShape,
    ...furtherShapes(context, one),
    tentative: false,
    inputShapes: inputs.map((input) => withoutBatch(input.shape)),
    trainable: count(true),
    nonTrainable: count(false),
    multiplyAdds: multiplyAddsSince(context.builder, firstInstruction),
    activationBytes: sizeOf(outputShape) * BYTES,
    weights: weights.map(({ name, shape, trainable }) => ({ name: name.slice(one.owner.name.length + 1), shape, trainable })),
  };
  return { tensor, analysis };
}

/** The node behind such inputs, on a scratch pad. @throws LayerError */
function onScratch(one: KnownNode, inputShapes: readonly Shape[]): NodeAnalysis {
  const builder = createBuilder({ native: 'all' });
  const inputs = inputShapes.map((shape, i) => builder.input(`in/${i}`, [ANALYSIS_BATCH, ...shape], 'float32', { kind: 'data' }));
  return measure(new LoweringContext(builder, true), one, inputs, parametersOf(one)).analysis;
}

/** The node as it would be with other parameters or inputs; null if that fails too. */
export function attempt(one: KnownNode, inputShapes: readonly Shape[], parameters: Record<string, unknown>): NodeAnalysis | null {
  try {
    return onScratch({ ...one, node: { ...one.node, parameters } }, inputShapes);
  } catch {
    return null;
  }
}

/** Why the node does not fit behind such inputs; null if it does. */
export function refusalBehind(one: KnownNode, inputShapes: readonly Shape[]): LayerProblem | null {
  try {
    onScratch(one, inputShapes);
    return null;
  } catch (thrown) {
    return problemIn(thrown);
  }
}
