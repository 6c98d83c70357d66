// Which shape the data takes when it enters: what the Input says, or, left automatic, the dataset's shape fitted to the layer that follows.

import type { DatasetTensor } from '../datasets/descriptor.ts';
import { sizeOf, type Shape } from '../tensor/types.ts';
import type { Graph, GraphNode } from './graph.ts';

/** The rank that the layers behind an Input are made for; looks through layers that keep any shape. */
function wantedRank(graph: Graph, from: GraphNode, depth = 0): number | undefined {
  for (const edge of from.outgoing) {
    const next = graph.nodes.get(edge.target);
    if (!next?.layer || depth > 8) continue;
    const rank = next.layer.naturalRank ?? (next.layer.keepsShape ? wantedRank(graph, next, depth + 1) : undefined);
    if (rank !== undefined) return rank;
  }
  return undefined;
}

/** `shape` with `rank` axes where that loses nothing: flattened to one, or with an axis of one channel added; else unchanged. */
function fitToRank(shape: Shape, rank: number | undefined): Shape {
  if (rank === 1) return [sizeOf(shape)];
  if (rank === shape.length + 1) return [...shape, 1];
  return shape;
}

/**
 * The Input's shape without the batch axis, or null while neither it nor a dataset says.
 * @param declared the Input's `shape` parameter, null when automatic
 * @param column what feeds it, null where nothing does
 */
export function inputShapeOf(graph: Graph, input: GraphNode, declared: Shape | null, column: DatasetTensor | null): Shape | null {
  if (declared) return declared;
  const { axes } = input.node.parameters;
  return column ? fitToRank(column.shape, typeof axes === 'number' ? axes : wantedRank(graph, input)) : null;
}
