// Repairs where branches meet with unequal shapes: looks one layer back for the cause. Only for merging layers.

import type { AnyLayer } from '../layers/layer.ts';
import type { Repair } from '../network/problem.ts';
import { type Shape, sameShape } from '../tensor/types.ts';
import type { Graph, GraphNode } from './graph.ts';
import { attempt, type Lowered } from './measure.ts';

interface Found {
  readonly repairs: readonly Repair[];
  readonly why: string | undefined;
}

/** Where a source has padding “valid” and “same” would give every other branch's shape: that is the repair. */
export function mismatchRepairs(graph: Graph, results: ReadonlyMap<string, Lowered>, merge: GraphNode): Found {
  const sources = merge.incoming.map((edge) => graph.nodes.get(edge.source));
  const shapes = sources.map((source) => (source ? (results.get(source.node.id)?.analysis.outputShape ?? null) : null));
  const repairs: Repair[] = [];
  const causes: string[] = [];
  sources.forEach((source, i) => {
    const others = shapes.filter((_, j) => j !== i);
    if (!source?.layer || !('padding' in source.layer.fields) || source.node.parameters.padding === 'same') return;
    const inputs = results.get(source.node.id)?.analysis.inputShapes ?? [];
    if (!inputs.every((shape): shape is Shape => shape !== null)) return;
    const padded = attempt({ ...source, layer: source.layer as AnyLayer }, inputs, { ...source.node.parameters, padding: 'same' })?.outputShape;
    if (!padded || !others.every((shape) => shape !== null && sameShape(shape, padded))) return;
    repairs.push({
      label: `Set padding of ${source.node.name} to “same”`,
      edits: [{ type: 'setParameters', node: source.node.id, parameters: { padding: 'same' } }],
    });
    causes.push(`${source.node.name} has padding “valid”: it loses pixels on every edge.`);
  });
  return { repairs, why: causes[0] };
}
