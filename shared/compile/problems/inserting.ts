// Repairs that put a layer on a connection, or take one out of it: made as edits, tried as a layer. Knows no mistake; those who find one choose what is put where.

import { layerOf } from '../../layers/index.ts';
import type { Edit } from '../../network/edits.ts';
import type { NetworkEdge, NetworkNode } from '../../network/network.ts';
import type { Repair } from '../../network/problem.ts';
import type { Shape } from '../../tensor/types.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { attempt, type KnownNode } from '../measure.ts';

/** A layer that could be put somewhere. */
export interface Inserted {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** `flatten_1`: the first name of that form that no layer has. */
export function freeName(graph: Graph, base: string): string {
  const taken = new Set([...graph.nodes.values()].map(({ node }) => node.name));
  for (let i = 1; ; i++) if (!taken.has(`${base}_${i}`)) return `${base}_${i}`;
}

/** An id that neither a layer nor a connection has. */
export function freeId(graph: Graph, base: string): string {
  const nodes = [...graph.nodes.values()];
  const taken = new Set(nodes.flatMap(({ node, incoming }) => [node.id, ...incoming.map(({ id }) => id)]));
  for (let i = 1; ; i++) if (!taken.has(`${base}-${i}`)) return `${base}-${i}`;
}

/** As many connections' ids that none has. */
export function freeEdgeIds(graph: Graph, count: number): readonly string[] {
  const taken = new Set([...graph.nodes.values()].flatMap(({ incoming }) => incoming.map(({ id }) => id)));
  const free: string[] = [];
  for (let i = 1; free.length < count; i++) if (!taken.has(`connection-${i}`)) free.push(`connection-${i}`);
  return free;
}

/** Halfway, on the grid. */
const between = (from: NetworkNode['position'], to: NetworkNode['position']): NetworkNode['position'] => ({
  x: Math.round((from.x + to.x) / 40) * 20,
  y: Math.round((from.y + to.y) / 40) * 20,
});

/** Puts a layer on a connection; null where an end of it is missing. */
export function insertOn(graph: Graph, edge: NetworkEdge, { kind, parameters }: Inserted, label: string): Repair | null {
  const source = graph.nodes.get(edge.source)?.node;
  const target = graph.nodes.get(edge.target)?.node;
  if (!source || !target) return null;
  const id = freeId(graph, kind);
  const name = freeName(graph, kind.toLowerCase());
  const { id: _, target: __, input: ___, ...start } = edge;
  return {
    label,
    edits: [
      { type: 'removeEdges', edges: [edge.id] },
      { type: 'addNode', node: { id, kind, name, parameters, position: between(source.position, target.position) } },
      { type: 'addEdge', edge: { ...start, id: `${id}-in`, target: id, input: 0 } },
      { type: 'addEdge', edge: { id: `${id}-out`, source: id, target: edge.target, input: edge.input } },
    ],
  };
}

/** What such a layer would give; null where it does not fit either. */
export function shapeBehind({ kind, parameters }: Inserted, shape: Shape): Shape | null {
  const layer = layerOf(kind);
  if (!layer) return null;
  const node: NetworkNode = { id: 'tried', kind, name: 'tried', parameters, position: { x: 0, y: 0 } };
  const one: KnownNode = { node, layer, owner: node, incoming: [], outgoing: [] };
  return attempt(one, [shape], parameters)?.outputShape ?? null;
}

/** Takes a layer out and connects its neighbours; none where more than one connection comes in. */
export function takeOut(graph: Graph, { node, incoming, outgoing }: GraphNode): Repair[] {
  const [into, ...others] = incoming;
  if (!into || others.length > 0) return [];
  const ids = freeEdgeIds(graph, outgoing.length);
  const edges = outgoing.map(({ input, target }, i) => ({ ...into, id: ids[i] as string, target, input }));
  return [
    {
      label: `Remove ${node.name}`,
      edits: [{ type: 'removeNodes', nodes: [node.id] }, ...edges.map((edge): Edit => ({ type: 'addEdge', edge }))],
    },
  ];
}
