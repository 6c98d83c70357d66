// Repairs for an input that nothing comes in by: the likely source. What ends nowhere and stands above comes first, then what is nearest.

import type { NetworkNode } from '../network/network.ts';
import type { Repair } from '../network/problem.ts';
import type { Graph, GraphNode } from './graph.ts';
import { freeId } from './inserting.ts';

/** So many sources are offered. */
const OFFERED = 2;

/** Everything that depends on a node, itself included: what must not feed it. */
function behind(graph: Graph, from: string): ReadonlySet<string> {
  const seen = new Set([from]);
  for (const id of seen) for (const edge of graph.nodes.get(id)?.outgoing ?? []) seen.add(edge.target);
  return seen;
}

const distance = (a: NetworkNode['position'], b: NetworkNode['position']): number => Math.hypot(a.x - b.x, a.y - b.y);
const isBefore = (a: NetworkNode['position'], b: NetworkNode['position']): boolean => a.y < b.y || (a.y === b.y && a.x < b.x);

/** Layers that may feed this one, the likeliest first. */
function sourcesFor(graph: Graph, { node, incoming }: GraphNode): GraphNode[] {
  const barred = new Set([...behind(graph, node.id), ...incoming.map(({ source }) => source)]);
  const rank = (one: GraphNode): number => (one.outgoing.length === 0 ? 0 : 1) + (isBefore(one.node.position, node.position) ? 0 : 2);
  return [...graph.nodes.values()]
    .filter((one) => one.layer !== null && !barred.has(one.node.id))
    .sort((a, b) => rank(a) - rank(b) || distance(a.node.position, node.position) - distance(b.node.position, node.position));
}

/** Connects one of the likely sources. @param input the place among the target's inputs */
export function connectRepairs(graph: Graph, one: GraphNode, input: number): Repair[] {
  const id = freeId(graph, 'connection');
  return sourcesFor(graph, one)
    .slice(0, OFFERED)
    .map(({ node }) => ({
      label: `Connect ${node.name} to ${one.node.name}`,
      edits: [{ type: 'addEdge', edge: { id, source: node.id, target: one.node.id, input } }],
    }));
}
