// A Keras model as a network of ours with its weights. Where both tell a shape, they must agree. A layer that is used at several places
// becomes a node for each of them; all share the weights of the first.

import { analyze } from '../../../shared/compile/index.ts';
import type { Analysis } from '../../../shared/compile/types.ts';
import { layerOf } from '../../../shared/layers/index.ts';
import { outputCount } from '../../../shared/layers/layer.ts';
import { applyEdits } from '../../../shared/network/edits.ts';
import { groupIntoBlock } from '../../../shared/network/grouping.ts';
import { layout } from '../../../shared/network/layout.ts';
import { freeNameAmong } from '../../../shared/network/names.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../../shared/network/network.ts';
import { formatShape, sameShape } from '../../../shared/tensor/types.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';
import type { Notes } from '../notes.ts';
import { graphIn, type KerasGraph, type KerasLayer, type Ref } from './graph.ts';
import { layerFor, readLayer } from './layerNode.ts';
import { withLostMasks } from './lostMasks.ts';
import { withoutParts } from './readParts.ts';
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
  const { graph, hasLost } = withLostMasks(graphIn(model));
  if (hasLost)
    notes.add(
      'Keras’ MultiHeadAttention takes the mask off what it reads, so that padding counts for some layers after it. Here it does too: by the parameter “Padding counts” of attention, and a formula “x * 1” before other layers. Change them to go on with the mask.',
    );
  const placed = place(graph.layers, model, notes);
  const byLayer = new Map(placed.map((one) => [one.layer.name, one]));
  const nodeAt = ({ layer, call }: Ref): NetworkNode => (byLayer.get(layer)?.nodes[call] ?? byLayer.get(layer)?.nodes[0]) as NetworkNode;
  refuseUnknownResults(placed, nodeAt, model.where);
  const edges = connect(placed, nodeAt);
  const outputs = graph.outputs.map((ref) => nodeAt(ref).id);
  const network = arranged({ id: 'n1', name, nodes: inOrder(placed, graph, nodeAt, edges), edges });
  const analysis = measured(network, placed);
  const read = { network: withLastAxes(network, analysis), weights: weightsIn(placed, model, analysis, notes) };
  const whole = withoutParts(read);
  const drawn = whole.network === read.network ? whole.network : arranged(whole.network);
  return { network: withBlocks(drawn, placed, outputs), outputs, weights: whole.weights };
}

/** Batch normalization of the last axis by its usual name, −1, also where the file counts from the front. */
function withLastAxes(network: Network, { nodes }: Analysis): Network {
  const isLast = ({ id, kind, parameters }: NetworkNode) => kind === 'batchNormalization' && parameters['axis'] === nodes[id]?.inputShapes[0]?.length;
  return { ...network, nodes: network.nodes.map((node) => (isLast(node) ? { ...node, parameters: { ...node.parameters, axis: -1 } } : node)) };
}

/** Sizes that are tried for what an Input leaves open: most networks work from one of the first on. */
const trials = [32, 64, 128, 256, 512, 16, 8, 4, 1] as const;

/** What the layers' weights are: where an Input leaves sizes open, with sizes for which most layers work. No weight depends on them. */
function measured(network: Network, placed: readonly Placed[]): Analysis {
  const open = new Map(placed.flatMap(({ layer, nodes: [node] }) => openShapes(layer).map((shape) => [node.id, shape] as const)));
  if (open.size === 0) return analyze(network, { dataset: null });
  const tried = (size: number): NetworkNode[] =>
    network.nodes.map((node) => {
      const shape = open.get(node.id)?.map((one) => one ?? size);
      return shape ? { ...node, parameters: { ...node.parameters, shape } } : node;
    });
  const measure = (size: number) => analyze({ ...network, nodes: tried(size) }, { dataset: null });
  let best = measure(trials[0]);
  for (const size of trials.slice(1)) {
    if (unknownIn(best) === 0) break;
    const next = measure(size);
    if (unknownIn(next) < unknownIn(best)) best = next;
  }
  return best;
}

const unknownIn = ({ nodes }: Analysis): number => Object.values(nodes).filter(({ outputShape }) => outputShape === null).length;

/** The sizes of an Input that leaves some open, without the batch; none for any other layer. */
function openShapes({ className, config }: KerasLayer): (number | null)[][] {
  const shape = config.batch_shape ?? config.batch_input_shape ?? null;
  if (className !== 'InputLayer' || !Array.isArray(shape)) return [];
  const sizes = shape.slice(1).map((size) => (typeof size === 'number' && size > 0 ? size : null));
  return sizes.includes(null) ? [sizes] : [];
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
    // What the model gives is told by its own nodes' ids; weights are not shared across a block's border.
    if (isWhole && !ids.some((id) => outputs.includes(id)) && !sharesAcross(grouped, ids)) grouped = blockFor(grouped, ids, name);
  }
  return grouped === network ? network : arranged(grouped);
}

const sharesAcross = ({ nodes }: Network, ids: readonly string[]): boolean =>
  nodes.some(({ id, shares }) => shares !== undefined && ids.includes(id) !== ids.includes(shares));

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
  const nameOf = (layer: KerasLayer): string => layer.name.slice(-60) || layer.className.slice(0, 60);
  const files = new Set(layers.map(nameOf));
  const add = (layer: KerasLayer, node: Omit<NetworkNode, 'id' | 'name' | 'position'>): NetworkNode => {
    const wanted = nameOf(layer);
    // A further place of a layer must not take the name that the file gives another: weights of losses are told by it.
    const isFirst = !nodes.some((one) => one.name === wanted);
    const name = isFirst ? wanted : freeNameAmong([...nodes.map((one) => one.name), ...files], wanted);
    const named = { id: `n${nodes.length + 1}`, ...node, name, position: { x: 0, y: 0 } };
    nodes.push(named);
    return named;
  };
  const owners = new Map<string, NetworkNode>();
  return layers.map((layer) => {
    const { kind, parameters, remarks } = readLayer(layer, version);
    for (const remark of remarks) notes.of(layer.name, remark);
    const common = { kind, parameters, ...(layer.frozen ? { trainable: false } : {}) };
    // One layer that stands inside a model and beside it owns its weights where it stands first.
    const owner = layer.identity === null ? undefined : owners.get(layer.identity);
    const first = add(layer, owner ? { ...common, shares: owner.id } : common);
    if (layer.identity !== null && !owner) owners.set(layer.identity, first);
    return { layer, nodes: [first, ...layer.calls.slice(1).map(() => add(layer, { ...common, shares: (owner ?? first).id }))] };
  });
}

/** @throws NetwrightError where a result is used that no layer here gives */
function refuseUnknownResults(placed: readonly Placed[], nodeAt: (ref: Ref) => NetworkNode, where: string): void {
  for (const { layer, nodes } of placed)
    for (const { ref } of layer.calls.flatMap(({ inputs }) => inputs)) {
      const { name, kind, parameters } = nodeAt(ref);
      const known = layerOf(kind);
      if (ref.output === 0 || (known && ref.output < outputCount(known, parameters))) continue;
      const what = `the layer “${nodes[0].name}” takes output ${ref.output} of “${name}”`;
      const message = `${what}, which gives one here. Return only the first and save the model again.`;
      throw modelError('keras-several-outputs', `${where}: ${nodes[0].name}`, `${where}: ${message}`);
    }
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
  const owners = placed.filter(({ nodes: [{ shares }] }) => shares === undefined);
  const [given, filed] = [owners.filter(({ layer }) => layer.given), owners.filter(({ layer }) => !layer.given)];
  const alone = (all: readonly Placed[]) => all.map((one) => [one]);
  const rooms = [...alone(given), ...(model.together ? Map.groupBy(filed, ({ layer }) => layer.outer).values() : alone(filed))];
  return new Map(rooms.flatMap((room) => weightsOf(room, model, analysis, notes)));
}

function weightsOf(room: readonly Placed[], model: SavedModel, analysis: Analysis, notes: Notes): [string, StoredTensor][] {
  const [
    {
      layer,
      nodes: [node],
    },
  ] = room as [Placed, ...Placed[]];
  const stored = layer.given ?? model.weightsOf(layer);
  if (room.some(({ nodes: [one] }) => analysis.nodes[one.id]?.outputShape === null)) {
    // Its shapes cannot be known, for itself or something above it is inert: its numbers are kept as they stand in the file.
    if (stored.length > 0) notes.of(layer.name, 'its weights are kept but not used, since what reaches it is not known here.');
    return stored.map((tensor, i) => [`${node.name}/vars/${i}`, tensor]);
  }
  const all = room.flatMap(({ nodes: [one] }) => (analysis.nodes[one.id]?.weights ?? []).map((weight) => ({ ...weight, name: `${one.name}/${weight.name}` })));
  const weights = room.length > 1 ? [...all.filter(({ trainable }) => trainable), ...all.filter(({ trainable }) => !trainable)] : all;
  if (weights.length > 0 && stored.length === 0) throw leftOut(layer, model.where);
  if (weights.length !== stored.length) throw misfit(layer, model.where, `${weights.length} weights are expected, ${stored.length} are in the file`);
  return weights.map(({ name, shape }, i) => {
    const tensor = stored[i] as StoredTensor;
    if (!sameShape(tensor.shape, shape))
      throw misfit(layer, model.where, `${name.slice(name.lastIndexOf('/') + 1)} should be ${formatShape(shape)}, the file has ${formatShape(tensor.shape)}`);
    return [name, tensor];
  });
}

const leftOut = ({ name }: KerasLayer, where: string) =>
  modelError(
    'keras-weights',
    `${where}: ${name}`,
    `${where}: the weights of layer “${name}” are not in the file. Keras leaves them out, and cannot load the file either, where a layer stands both in a model inside and beside it. Call it only at one of both and save again; else use a complete copy.`,
  );

const misfit = ({ name }: KerasLayer, where: string, how: string) =>
  modelError('keras-weights', `${where}: ${name}`, `${where}: the weights of layer “${name}” do not fit its configuration: ${how}. Use a complete copy.`);
