// Repairs for an input that nothing comes in by: the likely source. What fits, ends nowhere and stands above comes first, then what is nearest.

import { rowPitch } from '../../network/layout.ts';
import type { NetworkNode } from '../../network/network.ts';
import type { Repair } from '../../network/problem.ts';
import type { Graph, GraphNode } from '../graph.ts';
import type { Shape } from '../../tensor/types.ts';
import { freeId, freeName, takeOut } from './inserting.ts';
import { attempt } from '../measure.ts';

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

/** What a node gives; null where it is not known. */
export type ShapeOf = (node: string) => Shape | null;

/** Whether the layer would take what a source gives, beside what it has. An automatic Input gives what is asked of it. */
function wouldFit(target: GraphNode, source: GraphNode, shapeOf: ShapeOf): boolean {
  const { layer, node, incoming } = target;
  if (!layer || (source.layer?.inputs === 0 && source.outgoing.length === 0 && (source.node.parameters['shape'] ?? null) === null)) return true;
  const shapes = [...incoming.map((edge) => shapeOf(edge.source)), shapeOf(source.node.id)];
  const known = shapes.filter((shape): shape is Shape => shape !== null);
  return known.length < shapes.length || typeof layer.inputs === 'object' || attempt({ ...target, layer }, known, node.parameters) !== null;
}

/** Layers that may feed this one, the likeliest first. */
function sourcesFor(graph: Graph, target: GraphNode, shapeOf: ShapeOf): GraphNode[] {
  const { node, incoming } = target;
  const barred = new Set([...behind(graph, node.id), ...incoming.map(({ source }) => source)]);
  const rank = (one: GraphNode): number =>
    (one.outgoing.length === 0 ? 0 : 1) + (isBefore(one.node.position, node.position) ? 0 : 2) + (wouldFit(target, one, shapeOf) ? 0 : 4);
  return [...graph.nodes.values()]
    .filter((one) => one.layer !== null && !barred.has(one.node.id))
    .sort((a, b) => rank(a) - rank(b) || distance(a.node.position, node.position) - distance(b.node.position, node.position));
}

const connecting = (id: string, from: NetworkNode, to: NetworkNode, input: number): Repair => ({
  label: `Connect ${from.name} to ${to.name}`,
  edits: [{ type: 'addEdge', edge: { id, source: from.id, target: to.id, input } }],
});

/** For a merging layer with one connection: a second source that fits, else it is taken out. */
export function secondRepairs(graph: Graph, one: GraphNode, input: number, shapeOf: ShapeOf): Repair[] {
  const [likeliest] = sourcesFor(graph, one, shapeOf);
  const out = takeOut(graph, one);
  const connect = connectRepairs(graph, one, input, shapeOf);
  return likeliest && wouldFit(one, likeliest, shapeOf) ? [...connect, ...out] : [...out, ...connect];
}

/** Connects one of the likely sources. @param input the place among the target's inputs */
export function connectRepairs(graph: Graph, one: GraphNode, input: number, shapeOf: ShapeOf): Repair[] {
  const id = freeId(graph, 'connection');
  return sourcesFor(graph, one, shapeOf)
    .slice(0, OFFERED)
    .map(({ node }) => connecting(id, node, one.node, input));
}

/** Adds an Input above a layer and connects it, in a network that has none. */
export function addInputRepair(graph: Graph, { node }: GraphNode): Repair {
  const id = freeId(graph, 'input');
  const position = { x: node.position.x, y: node.position.y - rowPitch };
  return {
    label: `Add an Input and connect it to ${node.name}`,
    edits: [
      { type: 'addNode', node: { id, kind: 'input', name: freeName(graph, 'input'), parameters: {}, position } },
      { type: 'addEdge', edge: { id: `${id}-out`, source: id, target: node.id, input: 0 } },
    ],
  };
}
