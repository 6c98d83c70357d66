// A Keras model as a network of ours with its weights. Where both tell a shape, they must agree. A layer that is used at several places
// becomes a node for each of them; all share the weights of the first.

import { analyze } from '../../../shared/compile/index.ts';
import type { Analysis } from '../../../shared/compile/types.ts';
import { layerOf } from '../../../shared/layers/index.ts';
import { outputCount } from '../../../shared/layers/layer.ts';
import { applyEdits } from '../../../shared/network/edits.ts';
import { groupIntoBlock } from '../../../shared/network/grouping.ts';
import { layout } from '../../../shared/network/layout.ts';
import { freeName } from '../../../shared/network/names.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../../shared/network/network.ts';
import { formatShape, sameShape } from '../../../shared/tensor/types.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';
import type { Notes } from '../notes.ts';
import { graphIn, type KerasGraph, type KerasLayer, type Ref } from './graph.ts';
import { countedAxis, layerFor, readLayer } from './layerNode.ts';
import type { SavedModel } from './savedModel.ts';
import { wiringOf } from './wires.ts';

export interface ReadNetwork {
  readonly network: Network;
  /** By our names: `dense_1/kernel`. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
  /** The nodes whose results the model gives, in its order. */
  readonly outputs: readonly string[];
}

interface Placed {
  readonly layer: KerasLayer;
  /** One for each place where it is used; the first owns the weights. */
  readonly nodes: readonly [NetworkNode, ...NetworkNode[]];
}

/** @throws NetwrightError of kind `project` for what cannot be drawn or does not fit together */
export function readNetwork(model: SavedModel, name: string, notes: Notes): ReadNetwork {
  const graph = graphIn(model);
  const placed = place(graph.layers, model, notes);
  const byLayer = new Map(placed.map((one) => [one.layer.name, one]));
  const nodeAt = ({ layer, call }: Ref): NetworkNode => (byLayer.get(layer)?.nodes[call] ?? byLayer.get(layer)?.nodes[0]) as NetworkNode;
  refuseUnknownResults(graph, placed, nodeAt, model.where);
  const edges = connect(placed, nodeAt);
  const outputs = graph.outputs.map((ref) => nodeAt(ref).id);
  const network = arranged({ id: 'n1', name, nodes: inOrder(placed, graph, nodeAt, edges), edges });
  const analysis = analyze(network, { dataset: null });
  const weights = weightsIn(placed, model, analysis, notes);
  return { network: withBlocks(network, placed, outputs), outputs, weights };
}

/** Models inside the model, where they are used once, as blocks of their name: weights keep theirs. */
function withBlocks(network: Network, placed: readonly Placed[], outputs: readonly string[]): Network {
  const inner = Map.groupBy(
    placed.filter(({ layer }) => layer.name !== layer.outer),
    ({ layer }) => layer.outer,
  );
  let grouped = network;
  for (const [name, room] of inner) {
    const ids = room.flatMap(({ nodes }) => nodes.map(({ id }) => id));
    const isWhole = room.every(({ layer, nodes }) => nodes.length === 1 && nodes[0].name === layer.name);
    // What the model gives is told by its own nodes' ids.
    if (isWhole && !ids.some((id) => outputs.includes(id))) grouped = blockFor(grouped, ids, name);
  }
  return grouped === network ? network : arranged(grouped);
}

function blockFor(network: Network, ids: readonly string[], name: string): Network {
  const { edits, node, block } = groupIntoBlock(network, ids, name);
  const { network: made } = applyEdits(network, edits);
  if (made.nodes.some((other) => other.name === name && other.id !== node)) return network;
  const inside = (one: NetworkNode): NetworkNode => (one.name.startsWith(`${name}/`) ? { ...one, name: one.name.slice(name.length + 1) } : one);
  return {
    ...made,
    nodes: made.nodes.map((one) => (one.id === node ? { ...one, name } : one)),
    blocks: made.blocks?.map((one) => (one.id === block ? { ...one, nodes: one.nodes.map(inside) } : one)) ?? [],
  };
}

/** Names stay as they are where ours allow it: not longer than 64 characters, and each only once. */
function place(layers: readonly KerasLayer[], { version }: SavedModel, notes: Notes): Placed[] {
  const nodes: NetworkNode[] = [];
  const add = (layer: KerasLayer, node: Omit<NetworkNode, 'id' | 'name' | 'position'>): NetworkNode => {
    const name = freeName({ id: '', name: '', nodes, edges: [] }, layer.name.slice(-60) || layer.className.slice(0, 60));
    const named = { id: `n${nodes.length + 1}`, ...node, name, position: { x: 0, y: 0 } };
    nodes.push(named);
    return named;
  };
  return layers.map((layer) => {
    const { kind, parameters, remarks } = readLayer(layer, version);
    for (const remark of remarks) notes.of(layer.name, remark);
    const common = { kind, parameters, ...(layer.frozen ? { trainable: false } : {}) };
    const first = add(layer, common);
    return { layer, nodes: [first, ...layer.calls.slice(1).map(() => add(layer, { ...common, shares: first.id }))] };
  });
}

/** @throws NetwrightError where a result is used that no layer here gives, or a further result is what the model gives */
function refuseUnknownResults({ outputs }: KerasGraph, placed: readonly Placed[], nodeAt: (ref: Ref) => NetworkNode, where: string): void {
  const refuse = (code: string, at: string, message: string) => {
    throw modelError(code, `${where}: ${at}`, `${where}: ${message}`);
  };
  for (const { layer, nodes } of placed)
    for (const { ref } of layer.calls.flatMap(({ inputs }) => inputs)) {
      const { name, kind, parameters } = nodeAt(ref);
      const known = layerOf(kind);
      if (ref.output === 0 || (known && ref.output < outputCount(known, parameters))) continue;
      const what = `the layer “${nodes[0].name}” takes output ${ref.output} of “${name}”`;
      refuse('keras-several-outputs', nodes[0].name, `${what}, which gives one here. Return only the first and save the model again.`);
    }
  const state = outputs.find(({ output }) => output > 0);
  if (state)
    refuse(
      'keras-several-outputs',
      state.layer,
      `the model gives output ${state.output} of “${state.layer}”. Of a layer with several results only the first can be what a network gives: put an Identity layer behind it and save the model again.`,
    );
}

function connect(placed: readonly Placed[], nodeAt: (ref: Ref) => NetworkNode): NetworkEdge[] {
  const ends = placed.flatMap(({ layer, nodes }) =>
    layer.calls.flatMap((call, i) =>
      wiringOf(layerFor(layer), call).wires.map(({ ref, input }) => ({
        ...{ source: nodeAt(ref).id, target: (nodes[i] as NetworkNode).id, input },
        ...(ref.output > 0 && { output: ref.output }),
      })),
    ),
  );
  return ends.map((end, i) => ({ id: `e${i + 1}`, ...end }));
}

/** Inputs first and outputs last, each in the model's order: by it they are bound to data. What gives a result and goes on is marked. */
function inOrder(placed: readonly Placed[], { inputs, outputs }: KerasGraph, nodeAt: (ref: Ref) => NetworkNode, edges: readonly NetworkEdge[]): NetworkNode[] {
  const entering = new Set(inputs.map((ref) => nodeAt(ref)));
  const leaving = new Set(outputs.map((ref) => nodeAt(ref)));
  const goesOn = new Set(edges.map(({ source }) => source));
  const between = placed.flatMap(({ nodes }) => nodes).filter((node) => !entering.has(node) && !leaving.has(node));
  const last = [...leaving].filter((node) => !entering.has(node));
  const marked = (node: NetworkNode): NetworkNode => (leaving.has(node) && goesOn.has(node.id) ? { ...node, output: {} } : node);
  // With one output the layers stand as in the file.
  const rest = last.length > 1 ? [...between, ...last] : placed.flatMap(({ nodes }) => nodes).filter((node) => !entering.has(node));
  return [...entering, ...rest].map(marked);
}

function arranged(network: Network): Network {
  const places = layout(network);
  return { ...network, nodes: network.nodes.map((node) => ({ ...node, position: { ...(places[node.id] ?? node.position) } })) };
}

/** What a file holds for some layers, in its order, with our names. */
function weightsIn(placed: readonly Placed[], model: SavedModel, analysis: Analysis, notes: Notes): ReadonlyMap<string, StoredTensor> {
  const rooms = model.together ? [...Map.groupBy(placed, ({ layer }) => layer.outer).values()] : placed.map((one) => [one]);
  return new Map(rooms.flatMap((room) => weightsOf(room, model, analysis, notes)));
}

function weightsOf(room: readonly Placed[], model: SavedModel, analysis: Analysis, notes: Notes): [string, StoredTensor][] {
  const [
    {
      layer,
      nodes: [node],
    },
  ] = room as [Placed, ...Placed[]];
  const stored = model.weightsOf(layer);
  for (const one of room) checkAxis(one.layer, analysis.nodes[one.nodes[0].id]?.inputShapes[0]?.length ?? null, model.where);
  if (room.some(({ nodes: [one] }) => analysis.nodes[one.id]?.outputShape === null)) {
    // Its shapes cannot be known, for itself or something above it is inert: its numbers are kept as they stand in the file.
    if (stored.length > 0) notes.of(layer.name, 'its weights are kept but not used, since what reaches it is not known here.');
    return stored.map((tensor, i) => [`${node.name}/vars/${i}`, tensor]);
  }
  const all = room.flatMap(({ nodes: [one] }) => (analysis.nodes[one.id]?.weights ?? []).map((weight) => ({ ...weight, name: `${one.name}/${weight.name}` })));
  const weights = room.length > 1 ? [...all.filter(({ trainable }) => trainable), ...all.filter(({ trainable }) => !trainable)] : all;
  if (weights.length !== stored.length) throw misfit(layer, model.where, `${weights.length} weights are expected, ${stored.length} are in the file`);
  return weights.map(({ name, shape }, i) => {
    const tensor = stored[i] as StoredTensor;
    if (!sameShape(tensor.shape, shape))
      throw misfit(layer, model.where, `${name.slice(name.lastIndexOf('/') + 1)} should be ${formatShape(shape)}, the file has ${formatShape(tensor.shape)}`);
    return [name, tensor];
  });
}

const misfit = ({ name }: KerasLayer, where: string, how: string) =>
  modelError('keras-weights', `${where}: ${name}`, `${where}: the weights of layer “${name}” do not fit its configuration: ${how}. Use a complete copy.`);

/** Our normalization works on the last axis, as Keras' does unless told otherwise. */
function checkAxis(layer: KerasLayer, rank: number | null, where: string): void {
  const axis = countedAxis(layer);
  if (axis === null || rank === null || axis === rank) return;
  throw modelError(
    'keras-axis',
    `${where}: ${layer.name}`,
    `${where}: the layer “${layer.name}” normalizes axis ${axis} of ${rank}. Only the last axis can be normalized here: build the model with channels last and save it again.`,
  );
}
