// Making blocks and dissolving them, worked out as edits: group a selection, ungroup a place, detach a place from the others.
// Pure: says what would be done; `applyEdits` does it.

import { NetwrightError } from '../lib/errors.ts';
import { BLOCK, blockInputs, blockOf, blockOutputs, repeatOf } from './blocks.ts';
import type { Edit } from './edits.ts';
import { freeName, snakeCase } from './names.ts';
import type { BlockDefinition, Network, NetworkEdge, NetworkNode, NetworkProperties } from './network.ts';
import { framesOf } from './notes.ts';
import { nodesById, ownerOf } from './sharing.ts';

function refuse(code: string, network: Network, message: string): never {
  throw new NetwrightError({ kind: 'project', code, message, where: network.name });
}

/** The first of `stem1`, `stem2`, … that is not taken. */
function freeId(taken: ReadonlySet<string>, stem: string): string {
  let number = 1;
  while (taken.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
const idsOf = (list: readonly { readonly id: string }[]): Set<string> => new Set(list.map(({ id }) => id));

interface Border {
  readonly inside: readonly NetworkEdge[];
  readonly coming: readonly NetworkEdge[];
  readonly going: readonly NetworkEdge[];
}

function borderOf(network: Network, chosen: ReadonlySet<string>): Border {
  const has = (id: string) => chosen.has(id);
  return {
    inside: network.edges.filter(({ source, target }) => has(source) && has(target)),
    coming: network.edges.filter(({ source, target }) => !has(source) && has(target)),
    going: network.edges.filter(({ source, target }) => has(source) && !has(target)),
  };
}

/** Whether what leaves the selection comes back into it: then the block would feed itself. */
function returns(network: Network, chosen: ReadonlySet<string>, { going }: Border): boolean {
  const seen = new Set<string>();
  const stack = going.map(({ target }) => target);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (chosen.has(id)) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { source, target } of network.edges) if (source === id) stack.push(target);
  }
  return false;
}

/** @throws NetwrightError for a selection that cannot be a block */
function checkSelection(network: Network, chosen: ReadonlySet<string>, border: Border): void {
  const nodes = network.nodes.filter(({ id }) => chosen.has(id));
  if (nodes.length === 0) refuse('block-empty', network, 'Select at least one layer to make a block of.');
  const input = nodes.find(({ kind }) => kind === 'input');
  if (input) refuse('block-input', network, `“${input.name}” is where data enters the network. Leave Inputs out of the selection.`);
  if (returns(network, chosen, border))
    refuse('block-circle', network, 'A path leaves the selection and comes back into it. Select the layers on that path too.');
  const second = border.going.find(({ output = 0 }) => output > 0);
  const giver = second && nodes.find(({ id }) => id === second.source);
  if (giver)
    refuse('block-ports', network, `“${giver.name}” is a block that gives several results to layers outside. Ungroup it first, or select these layers too.`);
  const byId = nodesById(network.nodes);
  const torn = network.nodes.find((node) => node.shares !== undefined && chosen.has(node.id) !== chosen.has(ownerOf(node, byId)?.id ?? node.id));
  if (torn) refuse('block-shared', network, `“${torn.name}” shares its weights across the border of the selection. Select all places of that layer, or none.`);
}

/** One result that crosses the border, by source and output. */
const keyOf = ({ source, output = 0 }: NetworkEdge): string => `${source} ${output}`;
const distinct = (edges: readonly NetworkEdge[]): NetworkEdge[] => [...new Map(edges.map((edge) => [keyOf(edge), edge])).values()];

const withoutOutput = ({ output: _, ...edge }: NetworkEdge): NetworkEdge => edge;
const withOutput = (edge: NetworkEdge, output: number): NetworkEdge => (output === 0 ? withoutOutput(edge) : { ...withoutOutput(edge), output });

/** The selection as a definition, its ports in the order of its connections. */
function definitionOf(network: Network, id: string, name: string, chosen: ReadonlySet<string>, border: Border): BlockDefinition {
  const nodes = network.nodes.filter((node) => chosen.has(node.id));
  const sources = distinct(border.coming);
  const taken = new Set([...chosen]);
  const ports = sources.map(({ source }, i): NetworkNode => {
    const port = freeId(taken, `in`);
    taken.add(port);
    const from = network.nodes.find((node) => node.id === source);
    const first = nodes[0] as NetworkNode;
    const place = { x: first.position.x + 200 * i, y: Math.min(...nodes.map(({ position }) => position.y)) - 80 };
    return {
      id: port,
      kind: 'input',
      name: freeName({ id: '', name: '', nodes, edges: [] }, `in_${from?.name ?? i + 1}`.slice(0, 60)),
      parameters: {},
      position: place,
    };
  });
  const portOf = new Map(sources.map((edge, i) => [keyOf(edge), ports[i] as NetworkNode]));
  const entering = border.coming.map((edge) => ({ ...withoutOutput(edge), source: (portOf.get(keyOf(edge)) as NetworkNode).id }));
  const leaving = new Set(border.going.map(({ source }) => source));
  const followed = new Set(border.inside.map(({ source }) => source));
  const marked = nodes.map((node) => (leaving.has(node.id) && followed.has(node.id) && node.output === undefined ? { ...node, output: {} } : node));
  const frames = framesOf(network, chosen);
  return {
    ...{ id, name, nodes: [...named(ports), ...marked], edges: [...border.inside, ...entering] },
    ...(network.direction !== undefined && { direction: network.direction }),
    ...(frames.length > 0 && { notes: [...frames] }),
  };
}

/** Ports of unequal names. */
function named(ports: readonly NetworkNode[]): NetworkNode[] {
  const done: NetworkNode[] = [];
  for (const port of ports) done.push({ ...port, name: freeName({ id: '', name: '', nodes: done, edges: [] }, port.name) });
  return done;
}

export interface Grouped {
  readonly edits: readonly Edit[];
  /** The place that stands for the selection. */
  readonly node: string;
  readonly block: string;
}

/** Frames that went into a block stand there alone. */
function withoutFrames({ notes = [] }: Network, definition: BlockDefinition): NetworkProperties {
  if (definition.notes === undefined) return {};
  const left = notes.filter((note) => !definition.notes?.includes(note));
  return { notes: left.length > 0 ? left : undefined };
}

/** Notes of a dissolved block come back beside the network, under ids that are free there. */
function notesBack({ notes = [] }: Network, { notes: own = [] }: BlockDefinition): Edit[] {
  if (own.length === 0) return [];
  const taken = idsOf(notes);
  const back = own.map((note) => {
    const id = taken.has(note.id) ? freeId(taken, 'note') : note.id;
    taken.add(id);
    return { ...note, id };
  });
  return [{ type: 'setNetwork', properties: { notes: [...notes, ...back] } }];
}

/** Puts layers into a block of their own; the network computes the same. @throws NetwrightError where the selection cannot be one */
export function groupIntoBlock(network: Network, nodeIds: readonly string[], name: string): Grouped {
  const chosen = new Set(nodeIds);
  const border = borderOf(network, chosen);
  checkSelection(network, chosen, border);
  const block = freeId(idsOf(network.blocks ?? []), 'b');
  const definition = definitionOf(network, block, name.trim().slice(0, 64) || 'Block', chosen, border);
  const id = freeId(idsOf(network.nodes), 'n');
  const members = network.nodes.filter((node) => chosen.has(node.id));
  const middle = (axis: 'x' | 'y') => Math.round(members.reduce((sum, { position }) => sum + position[axis], 0) / members.length);
  const rest = network.nodes.filter((node) => !chosen.has(node.id));
  const place: NetworkNode = {
    id,
    kind: BLOCK,
    name: freeName({ ...network, nodes: rest }, `${snakeCase(definition.name)}_1`.slice(0, 60)),
    parameters: { block, repeat: 1 },
    position: { x: middle('x'), y: middle('y') },
  };
  const outputs = blockOutputs(definition).map((node) => node.id);
  const inputs = distinct(border.coming).map(keyOf);
  const coming = distinct(border.coming).map((edge): NetworkEdge => ({ ...edge, target: id, input: inputs.indexOf(keyOf(edge)) }));
  const going = border.going.map((edge) => withOutput({ ...edge, source: id }, outputs.indexOf(edge.source)));
  const outside = network.edges.filter(({ source, target }) => !chosen.has(source) && !chosen.has(target));
  const at = network.nodes.findIndex((node) => chosen.has(node.id));
  const before = network.nodes.slice(0, at);
  const edits: Edit[] = [
    { type: 'setNetwork', properties: { blocks: [...(network.blocks ?? []), definition], ...withoutFrames(network, definition) } },
    { type: 'replace', nodes: [...before, place, ...rest.slice(before.length)], edges: [...outside, ...coming, ...going] },
  ];
  return { edits, node: id, block };
}

/** @throws NetwrightError where the node is no block */
function placeOf(network: Network, id: string): { readonly place: NetworkNode; readonly definition: BlockDefinition } {
  const place = network.nodes.find((node) => node.id === id);
  const definition = place && place.kind === BLOCK ? blockOf(network, place) : undefined;
  return place && definition ? { place, definition } : refuse('no-such-block', network, `“${place?.name ?? id}” is no block that could be changed.`);
}

/** A place gets a definition of its own: edits of the others no longer reach it. */
export function detachBlock(network: Network, id: string): Edit[] {
  const { definition } = placeOf(network, id);
  const blocks = network.blocks ?? [];
  const own = { ...definition, id: freeId(idsOf(blocks), 'b') };
  return [
    { type: 'setNetwork', properties: { blocks: [...blocks, own] } },
    { type: 'setParameters', node: id, parameters: { block: own.id } },
  ];
}

interface Copy {
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  /** Which results stand for the block's outputs. */
  readonly leaving: readonly { readonly source: string; readonly output: number }[];
}

/** One copy of a definition's layers with free ids and names, fed as the ports say. */
function copyOf(network: Network, definition: BlockDefinition, feeds: ReadonlyMap<string, Copy['leaving'][number]>): Copy {
  const nodeIds = idsOf(network.nodes),
    edgeIds = idsOf(network.edges);
  const inner = definition.nodes.filter(({ id }) => !feeds.has(id));
  const ids = new Map<string, string>();
  const nodes: NetworkNode[] = [];
  for (const node of inner) {
    const id = nodeIds.has(node.id) ? freeId(nodeIds, 'n') : node.id;
    nodeIds.add(id);
    ids.set(node.id, id);
    nodes.push({ ...node, id, name: freeName({ ...network, nodes: [...network.nodes, ...nodes] }, node.name) });
  }
  const moved = nodes.map((node) => (node.shares === undefined ? node : { ...node, shares: ids.get(node.shares) ?? node.shares }));
  const edges = definition.edges.flatMap((edge): NetworkEdge[] => {
    const target = ids.get(edge.target);
    if (target === undefined) return [];
    const id = edgeIds.has(edge.id) ? freeId(edgeIds, 'e') : edge.id;
    edgeIds.add(id);
    const from = feeds.get(edge.source) ?? { source: ids.get(edge.source) as string, output: edge.output ?? 0 };
    return [withOutput({ ...edge, id, source: from.source, target }, from.output)];
  });
  const leaving = blockOutputs(definition).map(({ id }) => feeds.get(id) ?? { source: ids.get(id) as string, output: 0 });
  return { nodes: moved, edges, leaving };
}

/** What only marked the border of the block goes; what the place was compared with, its layers are. */
function withoutMarks(copy: Copy, place: NetworkNode, isFollowed: (output: number) => boolean): NetworkNode[] {
  return copy.nodes.map((node) => {
    const output = copy.leaving.findIndex(({ source }) => source === node.id);
    const { output: mark, ...plain } = node;
    const frozen = place.trainable === false ? { ...plain, trainable: false } : plain;
    if (output >= 0 && place.output !== undefined) return { ...frozen, output: place.output };
    const isMark = mark !== undefined && Object.keys(mark).length === 0 && (output < 0 || isFollowed(output));
    return mark === undefined || isMark ? frozen : { ...frozen, output: mark };
  });
}

/** Puts the layers of a block in its place, one copy for each repetition; the definition stays for other places. @throws NetwrightError */
export function ungroupBlock(network: Network, id: string): { readonly edits: readonly Edit[]; readonly nodes: readonly string[] } {
  const { place, definition } = placeOf(network, id);
  if (place.shares !== undefined || network.nodes.some(({ shares }) => shares === id))
    refuse('block-shared', network, `“${place.name}” shares its weights with another place. Give it weights of its own first.`);
  if (network.edges.some(({ source, target }) => source === id && target === id))
    refuse('block-circle', network, `“${place.name}” feeds itself. Remove that connection before dissolving it.`);
  const coming = network.edges.filter(({ target }) => target === id),
    going = network.edges.filter(({ source }) => source === id);
  let open: Network = {
    ...network,
    nodes: network.nodes.filter((node) => node.id !== id),
    edges: network.edges.filter((edge) => edge.target !== id && edge.source !== id),
  };
  const added: NetworkNode[] = [];
  let feeds: Copy['leaving'] = blockInputs(definition).map((_, input) => {
    const edge = coming.find((one) => one.input === input);
    return edge
      ? { source: edge.source, output: edge.output ?? 0 }
      : refuse('block-ports', network, `Something is missing at input ${input + 1} of “${place.name}”. Connect it before ungrouping.`);
  });
  const repeat = repeatOf(place);
  for (let copy = 1; copy <= repeat; copy++) {
    const made = copyOf(open, definition, new Map(blockInputs(definition).map((port, i) => [port.id, feeds[i] as Copy['leaving'][number]])));
    const nodes = withoutMarks(
      made,
      copy === repeat ? place : { ...place, output: undefined },
      (output) => copy < repeat || going.some((edge) => (edge.output ?? 0) === output),
    );
    added.push(...nodes);
    open = { ...open, nodes: [...open.nodes, ...nodes], edges: [...open.edges, ...made.edges] };
    feeds = made.leaving;
    if (copy < repeat && feeds.length !== blockInputs(definition).length)
      refuse('block-repeat', network, `“${place.name}” takes and gives unequally many, so it cannot follow itself. Use it once before dissolving it.`);
  }
  const lost = going.find((edge) => !feeds[edge.output ?? 0]);
  const taker = lost && network.nodes.find((node) => node.id === lost.target);
  if (lost)
    refuse('block-ports', network, `“${taker?.name ?? ''}” takes a result that “${place.name}” no longer gives. Remove that connection before dissolving it.`);
  const outward = going.map((edge) => {
    const from = feeds[edge.output ?? 0] as Copy['leaving'][number];
    return withOutput({ ...edge, source: from.source }, from.output);
  });
  const at = network.nodes.findIndex((node) => node.id === id);
  const rest = network.nodes.filter((node) => node.id !== id);
  return {
    edits: [
      { type: 'replace', nodes: [...rest.slice(0, at), ...added, ...rest.slice(at)], edges: [...open.edges, ...outward] },
      ...notesBack(network, definition),
    ],
    nodes: added.map((node) => node.id),
  };
}

/** The network with a place of a definition: what a click on it in a list does. */
export function blockPlace(network: Network, block: string, position: NetworkNode['position']): Edit {
  const definition = network.blocks?.find(({ id }) => id === block);
  if (!definition) refuse('no-such-block', network, `There is no block “${block}” in “${network.name}”.`);
  const id = freeId(idsOf(network.nodes), 'n');
  return { type: 'addNode', node: { id, kind: BLOCK, name: `${snakeCase(definition.name)}_1`.slice(0, 60), parameters: { block, repeat: 1 }, position } };
}
