// Gestures that make layers, worked out as edits: append below another, insert on a connection, copy, paste.
// Pure: says what would be done; `applyEdits` does it.

import type { AnyLayer } from '../layers/layer.ts';
import { BLOCK, blockOf } from './blocks.ts';
import { applyEdits, type Edit } from './edits.ts';
import { nodeSize, pitches, snap } from './layout.ts';
import { nextName } from './names.ts';
import type { BlockDefinition, Network, NetworkEdge, NetworkNode } from './network.ts';
import { canConnect, freeInput, outgoingEdges } from './rules.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** What a gesture must know of the layer it makes. */
export type Placeable = Pick<AnyLayer, 'id' | 'title' | 'inputs'>;
/** What a gesture would do, and the layers it makes. */
export interface Composed {
  readonly edits: readonly Edit[];
  readonly nodes: readonly string[];
}

function freeId(taken: ReadonlySet<string>, stem: string): string {
  let number = taken.size + 1;
  while (taken.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
const nodeIds = (network: Network): Set<string> => new Set(network.nodes.map((node) => node.id));
const edgeIds = (network: Network): Set<string> => new Set(network.edges.map((edge) => edge.id));

/** A new layer with its defaults, named as Keras would; not yet part of the network. */
function newNode(network: Network, layer: Placeable, position: Point): NetworkNode {
  return {
    id: freeId(nodeIds(network), 'n'),
    kind: layer.id,
    name: nextName(network, layer),
    parameters: {},
    position: { x: snap(position.x), y: snap(position.y) },
  };
}

/** The edit that connects two layers, at the first free input; null where the rules refuse. */
export function connection(network: Network, source: string, target: string, input?: number): Edit | null {
  const to = network.nodes.find((node) => node.id === target);
  if (!to || canConnect(network, source, target, input) !== null) return null;
  return { type: 'addEdge', edge: { id: freeId(edgeIds(network), 'e'), source, target, input: input ?? freeInput(network, to) ?? 0 } };
}

const overlaps = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < nodeSize.width && Math.abs(a.y - b.y) < nodeSize.height + 8;
/** From a layer to the one that follows it, the way the network is drawn. */
export function onward(network: Network, { x, y }: Point): Point {
  const { along } = pitches[network.direction ?? 'down'];
  return network.direction === 'right' ? { x: x + along, y } : { x, y: y + along };
}
/** The place, or the next free one onward. */
function freePlace(network: Network, place: Point): Point {
  let free = place;
  while (network.nodes.some((node) => overlaps(node.position, free))) free = onward(network, free);
  return free;
}

/** The end of the network, where a layer that is added without a selection goes: its one layer with nothing below it. */
export function lastNode(network: Network): NetworkNode | null {
  const ends = network.nodes.filter((node) => outgoingEdges(network, node.id).length === 0);
  return ends.at(-1) ?? null;
}

/** Adds a layer at a place, connected to nothing. */
export function placeLayer(network: Network, layer: Placeable, position: Point): Composed {
  const node = newNode(network, layer, position);
  return { edits: [{ type: 'addNode', node }], nodes: [node.id] };
}

/** Adds a layer below another and connects it. Where that one already leads on, the new layer comes between. */
export function appendLayer(network: Network, layer: Placeable, after: string | null, at?: Point): Composed {
  const above = network.nodes.find((node) => node.id === after) ?? null;
  if (!above) return placeLayer(network, layer, at ?? freePlace(network, { x: 0, y: 0 }));
  const [edge, ...others] = outgoingEdges(network, above.id);
  if (edge && others.length === 0 && layer.inputs === 1 && !at) return insertLayer(network, layer, edge.id);
  const below = at ?? freePlace(network, onward(network, above.position));
  const node = newNode(network, layer, below);
  const add: Edit = { type: 'addNode', node };
  const connect = layer.inputs === 0 ? null : connection(applyEdits(network, [add]).network, above.id, node.id);
  return { edits: connect ? [add, connect] : [add], nodes: [node.id] };
}

/** Puts a layer into a connection: source → new → target. What stands below moves down where there is no room. */
export function insertLayer(network: Network, layer: Placeable, edgeId: string): Composed {
  const edge = network.edges.find((candidate) => candidate.id === edgeId);
  const source = network.nodes.find((node) => node.id === edge?.source);
  const target = network.nodes.find((node) => node.id === edge?.target);
  if (!edge || !source || !target || layer.inputs === 0) return { edits: [], nodes: [] };
  const place = onward(network, source.position);
  const node = newNode(network, layer, place);
  const first: Edit[] = [...makeRoom(network, source, place), { type: 'addNode', node }, { type: 'removeEdges', edges: [edge.id] }];
  return { edits: [...first, ...bridge(applyEdits(network, first).network, edge, node)], nodes: [node.id] };
}

function bridge(network: Network, edge: NetworkEdge, node: NetworkNode): Edit[] {
  const into: Edit = { type: 'addEdge', edge: { id: edge.id, source: edge.source, target: node.id, input: 0 } };
  const out = connection(applyEdits(network, [into]).network, node.id, edge.target, edge.input);
  return out ? [into, out] : [into];
}

/** Moves everything at or behind a place onward, if something stands there. */
function makeRoom(network: Network, above: NetworkNode, place: Point): Edit[] {
  if (!network.nodes.some((node) => node.id !== above.id && overlaps(node.position, place))) return [];
  const isBehind = ({ position }: NetworkNode) =>
    network.direction === 'right' ? position.x > above.position.x + nodeSize.width / 2 : position.y > above.position.y + nodeSize.height / 2;
  const behind = network.nodes.filter(isBehind);
  return [{ type: 'moveNodes', positions: Object.fromEntries(behind.map((node) => [node.id, onward(network, node.position)])) }];
}

/** Takes layers out; where one stood in a chain, its neighbours are connected instead. */
export function removeLayers(network: Network, ids: readonly string[]): readonly Edit[] {
  const gone = new Set(ids);
  const removal: Edit[] = ids.length > 0 ? [{ type: 'removeNodes', nodes: ids }] : [];
  if (ids.length !== 1) return removal;
  const into = network.edges.filter((edge) => gone.has(edge.target));
  const out = network.edges.filter((edge) => gone.has(edge.source));
  if (into.length !== 1 || out.length !== 1) return removal;
  const healed = connection(
    applyEdits(network, removal).network,
    (into[0] as NetworkEdge).source,
    (out[0] as NetworkEdge).target,
    (out[0] as NetworkEdge).input,
  );
  return healed ? [...removal, healed] : removal;
}

/** Layers and the connections between them, as they travel through the clipboard. */
export interface Fragment {
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  /** Definitions of the blocks among the layers, and of those inside them. */
  readonly blocks?: readonly BlockDefinition[];
}

/** The definitions that some layers need, at any depth. */
function blocksOf(network: Network, nodes: readonly NetworkNode[]): BlockDefinition[] {
  const needed = new Set<string>();
  const collect = (list: readonly NetworkNode[]): void => {
    for (const node of list) {
      const block = node.kind === BLOCK ? blockOf(network, node) : undefined;
      if (!block || needed.has(block.id)) continue;
      needed.add(block.id);
      collect(block.nodes);
    }
  };
  collect(nodes);
  return (network.blocks ?? []).filter(({ id }) => needed.has(id));
}

/** The part of a network made of these layers. */
export function fragmentOf(network: Network, ids: readonly string[]): Fragment {
  const wanted = new Set(ids);
  const nodes = network.nodes.filter((node) => wanted.has(node.id)),
    blocks = blocksOf(network, nodes);
  return {
    nodes,
    edges: network.edges.filter((edge) => wanted.has(edge.source) && wanted.has(edge.target)),
    ...(blocks.length > 0 && { blocks }),
  };
}

/**
 * Definitions that come along: the same one is not added again, another one of the same id gets a new id.
 * @param apart adds also those that are there already
 */
export function blocksToAdd(
  network: Network,
  { blocks = [] }: Pick<Fragment, 'blocks'>,
  apart = false,
): { readonly ids: ReadonlyMap<string, string>; readonly added: readonly BlockDefinition[] } {
  const known = network.blocks ?? [];
  const taken = new Set([...known, ...blocks].map(({ id }) => id));
  const isSame = (block: BlockDefinition) => !apart && known.some((one) => one.id === block.id && JSON.stringify(one) === JSON.stringify(block));
  const foreign = blocks.filter((block) => !isSame(block));
  const ids = new Map(blocks.map(({ id }) => [id, id]));
  for (const { id } of foreign) {
    if (!known.some((one) => one.id === id)) continue;
    const own = freeId(taken, 'b');
    taken.add(own);
    ids.set(id, own);
  }
  return { ids, added: foreign.map((block) => ({ ...block, id: ids.get(block.id) as string, nodes: block.nodes.map((node) => withBlock(node, ids)) })) };
}

function withBlock(node: NetworkNode, ids: ReadonlyMap<string, string>): NetworkNode {
  const id = node.kind === BLOCK ? ids.get(String(node.parameters['block'])) : undefined;
  return id === undefined || id === node.parameters['block'] ? node : { ...node, parameters: { ...node.parameters, block: id } };
}

/** Copies share weights among themselves as their originals did; with a layer that is not copied, a copy shares none. */
function withShares({ shares, ...node }: NetworkNode, ids: ReadonlyMap<string, string>): NetworkNode {
  const owner = shares === undefined ? undefined : ids.get(shares);
  return owner === undefined ? node : { ...node, shares: owner };
}

/** Adds a fragment with new ids and names, moved by `offset`. */
export function pasteFragment(network: Network, fragment: Fragment, offset: Point): Composed {
  const nodesTaken = nodeIds(network);
  const edgesTaken = edgeIds(network);
  const ids = new Map<string, string>();
  const { ids: blockIds, added } = blocksToAdd(network, fragment);
  const edits: Edit[] = added.length > 0 ? [{ type: 'setNetwork', properties: { blocks: [...(network.blocks ?? []), ...added] } }] : [];
  for (const node of fragment.nodes) {
    const id = freeId(nodesTaken, 'n');
    nodesTaken.add(id);
    ids.set(node.id, id);
  }
  for (const node of fragment.nodes) {
    const id = ids.get(node.id) as string;
    edits.push({
      type: 'addNode',
      node: { ...withBlock(withShares(node, ids), blockIds), id, position: { x: snap(node.position.x + offset.x), y: snap(node.position.y + offset.y) } },
    });
  }
  for (const edge of fragment.edges) {
    const id = freeId(edgesTaken, 'e');
    edgesTaken.add(id);
    edits.push({ type: 'addEdge', edge: { ...edge, id, source: ids.get(edge.source) ?? '', target: ids.get(edge.target) ?? '' } });
  }
  return { edits, nodes: [...ids.values()] };
}

/** Whether a layer can stand in the middle of a connection. */
export const canInsert = (layer: AnyLayer): boolean => layer.inputs !== 0;
