// What the recurrent lowerings share: sizes, and moves of values. No lowering itself.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { startAndGiven } from '../../../../shared/tensor/ops/recurrentGradient.ts';
import { at, type LoweringInput, listOf } from '../lowering.ts';

export interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}
export function sizesOf({ inputs }: Pick<LoweringInput, 'inputs'>): Sizes {
  const [batch, steps, features] = at(inputs, 0).shape as [number, number, number];
  return { batch, steps, features, units: at(at(inputs, 2).shape, 0) };
}

/** Of an operation backwards: the derivatives by outputs that are there, by the output, and the initial states the one forwards was given. */
export function derivativesOf({ attributes, nodes }: LoweringInput): { readonly given: ReadonlyMap<number, string>; readonly initial: readonly string[] } {
  const by = listOf(attributes, 'by');
  const { initial, given } = startAndGiven(nodes.slice(5), by);
  return { initial, given: new Map(by.map((output, i) => [output, at(given, i)])) };
}

export const index = { type: 'int32' } as const;
export const zeros = (graph: GraphWriter, shape: Shape): string => graph.constant('float32', shape, { all: 0 });
export const moved = (graph: GraphWriter, x: string, permutation: readonly number[]): string =>
  graph.float('Transpose', [x, graph.integers(permutation)], { Tperm: index });
/** [batch, steps, …] to [steps, batch, …] and back. */
export const turned = (graph: GraphWriter, x: string): string => moved(graph, x, [1, 0, 2]);
export const reshaped = (graph: GraphWriter, x: string, shape: Shape): string => graph.float('Reshape', [x, graph.integers(shape)], { Tshape: index });
/** Values below each other. */
export const joined = (graph: GraphWriter, parts: readonly string[]): string =>
  graph.float('ConcatV2', [...parts, graph.scalar(0, 'int32')], { N: { int: parts.length }, Tidx: index });
export const cut = (graph: GraphWriter, x: string, begin: readonly number[], size: Shape): string =>
  graph.float('Slice', [x, graph.integers(begin), graph.integers(size)], { Index: index });
