// Applies edits to a network: the only place that makes a changed network. Pure; what is untouched keeps its identity,
// so that memoised readers (node views, shape inference) see at once what did not change.

import { NetwrightError } from '../lib/errors.ts';
import { containsItself } from './blocks.ts';
import type { Applied, Edit } from './edits.ts';
import { freeName, longestName, longestTitle } from './names.ts';
import type { Network, NetworkEdge, NetworkNode, NetworkProperties, NodeProperties } from './network.ts';
import { nodesById, ownerOf, placesOf, withoutNodes } from './sharing.ts';

type EditOf<T extends Edit['type']> = Extract<Edit, { type: T }>;

function refuse(code: string, network: Network, message: string): never {
  throw new NetwrightError({ kind: 'project', code, message, where: network.name });
}

function requireNode(network: Network, id: string): NetworkNode {
  const node = network.nodes.find((candidate) => candidate.id === id);
  return node ?? refuse('no-such-node', network, `The network “${network.name}” has no layer with the id “${id}”. The edit names a layer that was removed.`);
}

function requireEdge(network: Network, id: string): NetworkEdge {
  const edge = network.edges.find((candidate) => candidate.id === id);
  return (
    edge ??
    refuse('no-such-edge', network, `The network “${network.name}” has no connection with the id “${id}”. The edit names a connection that was removed.`)
  );
}

const withNodes = (network: Network, nodes: NetworkNode[]): Network => ({ ...network, nodes });
const withNode = (network: Network, node: NetworkNode): Network =>
  withNodes(
    network,
    network.nodes.map((old) => (old.id === node.id ? node : old)),
  );
/** Removals are undone by putting both lists back: the order of nodes and edges is part of the document. */
const restore = (network: Network): Edit[] => [{ type: 'replace', nodes: network.nodes, edges: network.edges }];

function addNode(network: Network, { node }: EditOf<'addNode'>): Applied {
  if (network.nodes.some((old) => old.id === node.id))
    refuse('duplicate-node', network, `The network “${network.name}” already has a layer with the id “${node.id}”.`);
  const named = { ...node, name: freeName(network, node.name) };
  return { network: withNodes(network, [...network.nodes, named]), inverse: [{ type: 'removeNodes', nodes: [node.id] }] };
}

function removeNodes(network: Network, edit: EditOf<'removeNodes'>): Applied {
  const gone = new Set(edit.nodes);
  for (const id of gone) requireNode(network, id);
  const nodes = withoutNodes(network.nodes, gone);
  const edges = network.edges.filter((edge) => !gone.has(edge.source) && !gone.has(edge.target));
  return { network: { ...network, nodes, edges }, inverse: restore(network) };
}

function addEdge(network: Network, { edge }: EditOf<'addEdge'>): Applied {
  if (network.edges.some((old) => old.id === edge.id))
    refuse('duplicate-edge', network, `The network “${network.name}” already has a connection with the id “${edge.id}”.`);
  requireNode(network, edge.source);
  requireNode(network, edge.target);
  return { network: { ...network, edges: [...network.edges, edge] }, inverse: [{ type: 'removeEdges', edges: [edge.id] }] };
}

function removeEdges(network: Network, edit: EditOf<'removeEdges'>): Applied {
  const gone = new Set(edit.edges);
  for (const id of gone) requireEdge(network, id);
  return { network: { ...network, edges: network.edges.filter((edge) => !gone.has(edge.id)) }, inverse: restore(network) };
}

function moveNodes(network: Network, { positions }: EditOf<'moveNodes'>): Applied {
  const before = Object.fromEntries(Object.keys(positions).map((id) => [id, requireNode(network, id).position]));
  const nodes = network.nodes.map((node) => {
    const position = Object.hasOwn(positions, node.id) ? positions[node.id] : undefined;
    return position ? { ...node, position } : node;
  });
  return { network: withNodes(network, nodes), inverse: [{ type: 'moveNodes', positions: before }] };
}

function renameNode(network: Network, edit: EditOf<'renameNode'>): Applied {
  const node = requireNode(network, edit.node);
  const name = edit.name.trim();
  if (name === '') refuse('empty-name', network, `The layer “${node.name}” needs a name of at least one character.`);
  if (name.length > longestName) refuse('long-name', network, `A layer's name has at most ${longestName} characters; this one has ${name.length}.`);
  if (network.nodes.some((other) => other.id !== node.id && other.name === name)) {
    refuse('duplicate-name', network, `The network “${network.name}” already has a layer called “${name}”. Weights are kept by name: choose another one.`);
  }
  return { network: withNode(network, { ...node, name }), inverse: [{ type: 'renameNode', node: node.id, name: node.name }] };
}

const withoutUndefined = <T extends object>(object: T): T => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

/** Changes all places of the layer that a node is one of; undone exactly, whatever they held before. */
function changeLayer(network: Network, node: NetworkNode, change: (place: NetworkNode) => NetworkNode, inverse: Edit[]): Applied {
  const places = new Set(placesOf(node, network.nodes).map(({ id }) => id));
  const nodes = network.nodes.map((one) => (places.has(one.id) ? change(one) : one));
  return { network: withNodes(network, nodes), inverse: places.size > 1 ? restore(network) : inverse };
}

/** A value of `undefined` takes the parameter out, so that the layer's default holds; it is what undoing a first setting does. */
function setParameters(network: Network, edit: EditOf<'setParameters'>): Applied {
  const node = requireNode(network, edit.node);
  const removesOne = Object.keys(edit.parameters).some((key) => edit.parameters[key] === undefined && Object.hasOwn(node.parameters, key));
  const before = Object.fromEntries(Object.keys(edit.parameters).map((key) => [key, Object.hasOwn(node.parameters, key) ? node.parameters[key] : undefined]));
  const parameters = withoutUndefined({ ...node.parameters, ...edit.parameters });
  const inverse: Edit[] = removesOne ? restore(network) : [{ type: 'setParameters', node: node.id, parameters: before }];
  return changeLayer(network, node, (place) => ({ ...place, parameters }), inverse);
}

/** Sharing begins with the parameters of the layer whose weights are taken. */
function adopted(network: Network, node: NetworkNode, properties: NodeProperties): Partial<NetworkNode> {
  if (properties.shares === undefined) return {};
  const owner = ownerOf(requireNode(network, properties.shares), nodesById(network.nodes));
  if (!owner || owner.id === node.id || network.nodes.some(({ shares }) => shares === node.id))
    refuse('shared-circle', network, `“${node.name}” cannot share the weights of “${owner?.name ?? properties.shares}”: its own are shared already.`);
  return { shares: owner.id, parameters: owner.parameters, trainable: owner.trainable };
}

/** A node with other properties; what is `undefined` is taken out. Frozen is a layer at all its places. */
function setNode(network: Network, edit: EditOf<'setNode'>): Applied {
  const node = requireNode(network, edit.node);
  const { trainable: _, ...own } = edit.properties;
  const changed = withoutUndefined({ ...node, ...own, ...adopted(network, node, own) }) as NetworkNode;
  const removesOne = Object.keys(edit.properties).some((key) => edit.properties[key as keyof NodeProperties] === undefined && Object.hasOwn(node, key));
  const before = Object.fromEntries(Object.keys(edit.properties).map((key) => [key, node[key as keyof NodeProperties]]));
  const inverse: Edit[] = removesOne || own.shares !== undefined ? restore(network) : [{ type: 'setNode', node: node.id, properties: before }];
  const applied = { network: withNode(network, changed), inverse };
  if (!Object.hasOwn(edit.properties, 'trainable')) return applied;
  const { trainable } = edit.properties;
  const frozen = changeLayer(applied.network, changed, (place) => withoutUndefined({ ...place, trainable }) as NetworkNode, inverse);
  return { network: frozen.network, inverse: frozen.inverse === inverse ? inverse : restore(network) };
}

/** A definition is edited as a network of its own; blocks inside it are those of the whole network, which may get more. */
function editBlock(network: Network, edit: EditOf<'editBlock'>): Applied {
  const blocks = network.blocks ?? [];
  const block = blocks.find(({ id }) => id === edit.block);
  if (!block)
    refuse('no-such-block', network, `The network “${network.name}” has no block with the id “${edit.block}”. The edit names a block that was removed.`);
  const applied = applyEdits({ ...block, blocks }, edit.edits);
  const { blocks: known = [], ...definition } = applied.network;
  if (definition.name.length > longestName)
    refuse('long-name', network, `A block's name has at most ${longestName} characters; this one has ${definition.name.length}.`);
  const changed = known.map((one) => (one.id === block.id ? definition : one));
  if (containsItself(changed, block.id))
    refuse('block-recursion', network, `The block “${block.name}” would contain itself. Put it beside the block, or dissolve it first.`);
  return { network: { ...network, blocks: changed }, inverse: [{ type: 'editBlock', block: block.id, edits: applied.inverse }] };
}

function renameNetwork(network: Network, edit: EditOf<'renameNetwork'>): Applied {
  const name = edit.name.trim();
  if (name === '') refuse('empty-name', network, `The network “${network.name}” needs a name of at least one character.`);
  if (name.length > longestTitle) refuse('long-name', network, `A network's name has at most ${longestTitle} characters; this one has ${name.length}.`);
  return { network: { ...network, name }, inverse: [{ type: 'renameNetwork', name: network.name }] };
}

/** The network with other properties; what is `undefined` is taken out. */
function setNetwork(network: Network, edit: EditOf<'setNetwork'>): Applied {
  const changed = withoutUndefined({ ...network, ...edit.properties }) as Network;
  const before = Object.fromEntries(Object.keys(edit.properties).map((key) => [key, network[key as keyof NetworkProperties]]));
  return { network: changed, inverse: [{ type: 'setNetwork', properties: before }] };
}

function replace(network: Network, edit: EditOf<'replace'>): Applied {
  const ids = new Set(edit.nodes.map((node) => node.id));
  if (ids.size !== edit.nodes.length) refuse('duplicate-node', network, `Two layers put into “${network.name}” have the same id.`);
  const loose = edit.edges.find((edge) => !ids.has(edge.source) || !ids.has(edge.target));
  if (loose)
    refuse(
      'no-such-node',
      network,
      `The connection “${loose.id}” put into “${network.name}” goes from “${loose.source}” to “${loose.target}”, and one of them does not exist.`,
    );
  return { network: { ...network, nodes: [...edit.nodes], edges: [...edit.edges] }, inverse: restore(network) };
}

/** The network after one edit, and the edits that undo it exactly. @throws NetwrightError naming what does not exist */
export function applyEdit(network: Network, edit: Edit): Applied {
  switch (edit.type) {
    case 'addNode':
      return addNode(network, edit);
    case 'removeNodes':
      return removeNodes(network, edit);
    case 'addEdge':
      return addEdge(network, edit);
    case 'removeEdges':
      return removeEdges(network, edit);
    case 'moveNodes':
      return moveNodes(network, edit);
    case 'renameNode':
      return renameNode(network, edit);
    case 'setParameters':
      return setParameters(network, edit);
    case 'setNode':
      return setNode(network, edit);
    case 'renameNetwork':
      return renameNetwork(network, edit);
    case 'editBlock':
      return editBlock(network, edit);
    case 'setNetwork':
      return setNetwork(network, edit);
    case 'replace':
      return replace(network, edit);
  }
}

/** Several edits one after another; the inverse undoes them all, last first. @throws NetwrightError, then nothing is changed */
export function applyEdits(network: Network, edits: readonly Edit[]): Applied {
  let current = network;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const applied = applyEdit(current, edit);
    current = applied.network;
    inverse.unshift(...applied.inverse);
  }
  return { network: current, inverse };
}
