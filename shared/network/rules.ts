// Which connections may be made. The same pure rules answer while a connection is dragged, when layers are added and in tests.
// What is wrong with a network that is already drawn is said by shared/compile.

import { layerOf } from '../layers/index.ts';
import { type Inputs, inputsWith } from '../layers/layer.ts';
import { BLOCK, blockInputs, blockOf } from './blocks.ts';
import type { Network, NetworkEdge, NetworkNode } from './network.ts';

const nodeOf = (network: Network, id: string): NetworkNode | undefined => network.nodes.find((node) => node.id === id);

const byTarget = new WeakMap<Network['edges'], ReadonlyMap<string, readonly NetworkEdge[]>>();
/** A document's list of connections never changes, so that it is sorted once and not for every layer. */
function edgesByTarget(edges: Network['edges']): ReadonlyMap<string, readonly NetworkEdge[]> {
  const known =
    byTarget.get(edges) ??
    Map.groupBy(
      edges.toSorted((a, b) => a.input - b.input),
      ({ target }) => target,
    );
  byTarget.set(edges, known);
  return known;
}

const none: readonly NetworkEdge[] = [];
/** Connections that come into a node, in the order of its inputs. */
export const incomingEdges = (network: Pick<Network, 'edges'>, node: string): readonly NetworkEdge[] => edgesByTarget(network.edges).get(node) ?? none;
/** Connections that leave a node. */
export const outgoingEdges = (network: Network, node: string): readonly NetworkEdge[] => network.edges.filter((edge) => edge.source === node);

/** How many connections a node takes: a block as many as its Inputs; a layer that is not known any, as its file had them. */
export function inputsOf(node: NetworkNode, network: Pick<Network, 'blocks'>): Inputs {
  const definition = node.kind === BLOCK ? blockOf(network, node) : undefined;
  const layer = layerOf(node.kind);
  if (!definition) return layer ? inputsWith(layer, node.parameters) : 'many';
  const inputs = blockInputs(definition);
  return inputs.length === 1 ? 1 : inputs.map(({ name }) => ({ name, label: name }));
}

/** The first input that nothing is connected to, or null where all are taken. */
export function freeInput(network: Network, node: NetworkNode): number | null {
  const inputs = inputsOf(node, network);
  if (inputs === 0) return null;
  const taken = new Set(incomingEdges(network, node.id).map((edge) => edge.input));
  if (inputs === 1) return taken.size === 0 ? 0 : null;
  let input = 0;
  while (taken.has(input)) input++;
  return inputs === 'many' || input < inputs.length ? input : null;
}

/** Whether data from `from` reaches `to` along connections. */
function reaches(network: Network, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const edge of network.edges) next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target]);
  const seen = new Set<string>();
  const waiting = [from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  return false;
}

/**
 * Null where a connection from `source` to `target` may be made; else why not, for the person who draws it.
 * @param input the place among a merging layer's inputs; left out, the first free one
 */
export function canConnect(network: Network, source: string, target: string, input?: number): string | null {
  const from = nodeOf(network, source);
  const to = nodeOf(network, target);
  if (!from || !to) return 'This layer is no longer there';
  if (source === target) return 'A layer cannot feed itself';
  const inputs = inputsOf(to, network);
  if (inputs === 0) return `${to.name} is where data comes in: it takes no connection`;
  // Inputs with names may carry the same: a value that is its own key.
  const named = typeof inputs === 'object' && input !== undefined;
  if (!named && network.edges.some((edge) => edge.source === source && edge.target === target)) return `${from.name} is already connected to ${to.name}`;
  if (reaches(network, target, source)) return 'Makes a circle';
  return occupied(network, to, inputs, input);
}

function occupied(network: Network, to: NetworkNode, inputs: Exclude<Inputs, 0>, input?: number): string | null {
  const free = freeInput(network, to);
  if (inputs === 1) return free === null ? `${to.name} takes one connection and has it` : null;
  if (free === null) return `All inputs of ${to.name} are taken`;
  return input !== undefined && network.edges.some((edge) => edge.target === to.id && edge.input === input) ? 'This input is taken' : null;
}
