// A Keras model as a network of ours with its weights. Where both tell a shape, they must agree.

import { analyze } from '../../../shared/compile/index.ts';
import type { Analysis } from '../../../shared/compile/types.ts';
import { layout } from '../../../shared/network/layout.ts';
import { freeName } from '../../../shared/network/names.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../../shared/network/network.ts';
import { formatShape, sameShape } from '../../../shared/tensor/types.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';
import type { Notes } from '../notes.ts';
import { type KerasLayer, layersOf } from './graph.ts';
import { countedAxis, readLayer } from './layerNode.ts';
import type { SavedModel } from './savedModel.ts';

export interface ReadNetwork {
  readonly network: Network;
  /** By our names: `dense_1/kernel`. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
}

interface Placed {
  readonly layer: KerasLayer;
  readonly node: NetworkNode;
}

/** @throws NetwrightError of kind `project` for what cannot be drawn or does not fit together */
export function readNetwork(model: SavedModel, name: string, notes: Notes): ReadNetwork {
  const placed = place(layersOf(model), model, notes);
  const network = arranged({ id: 'n1', name, nodes: placed.map(({ node }) => node), edges: connect(placed, model.where) });
  const analysis = analyze(network, { dataset: null });
  const weights = new Map(placed.flatMap((one) => [...weightsOf(one, model, analysis, notes)]));
  return { network, weights };
}

/** Names stay as they are where ours allow it: not longer than 64 characters, and each only once. */
function place(layers: readonly KerasLayer[], { version, where }: SavedModel, notes: Notes): Placed[] {
  const placed: Placed[] = [];
  const nodes: NetworkNode[] = [];
  const seen = new Set<string>();
  for (const layer of layers) {
    if (seen.has(layer.name))
      throw modelError(
        'keras-name',
        `${where}: ${layer.name}`,
        `${where}: two layers are called “${layer.name}”. Give them names of their own and save the model again.`,
      );
    seen.add(layer.name);
    const read = readLayer(layer, version);
    for (const remark of read.remarks) notes.of(layer.name, remark);
    const name = freeName({ id: '', name: '', nodes, edges: [] }, layer.name.slice(0, 60) || layer.className.slice(0, 60));
    const node = { id: `n${nodes.length + 1}`, kind: read.kind, name, parameters: read.parameters, position: { x: 0, y: 0 } };
    nodes.push(node);
    placed.push({ layer, node });
  }
  return placed;
}

function connect(placed: readonly Placed[], where: string): NetworkEdge[] {
  const ids = new Map(placed.map(({ layer, node }) => [layer.name, node.id]));
  const ends = placed.flatMap(({ layer, node }) => layer.inbound.map((from, input) => ({ from, to: layer.name, target: node.id, input })));
  return ends.map(({ from, to, target, input }, i) => {
    const source = ids.get(from);
    if (source === undefined)
      throw modelError('keras-wiring', `${where}: ${to}`, `${where}: the layer “${to}” is fed by “${from}”, but there is no such layer. Use a complete copy.`);
    return { id: `e${i + 1}`, source, target, input };
  });
}

function arranged(network: Network): Network {
  const places = layout(network);
  return { ...network, nodes: network.nodes.map((node) => ({ ...node, position: { ...(places[node.id] ?? node.position) } })) };
}

function weightsOf({ layer, node }: Placed, model: SavedModel, analysis: Analysis, notes: Notes): [string, StoredTensor][] {
  const stored = model.weightsOf(layer);
  const { weights, inputShapes, outputShape } = analysis.nodes[node.id] as Analysis['nodes'][string];
  checkAxis(layer, inputShapes[0]?.length ?? null, model.where);
  if (outputShape === null) {
    // Its shapes cannot be known, for itself or something above it is inert: its numbers are kept as they stand in the file.
    if (stored.length > 0) notes.of(layer.name, 'its weights are kept but not used, since what reaches it is not known here.');
    return stored.map((tensor, i) => [`${node.name}/vars/${i}`, tensor]);
  }
  if (weights.length !== stored.length) throw misfit(layer, model.where, `${weights.length} weights are expected, ${stored.length} are in the file`);
  return weights.map(({ name, shape }, i) => {
    const tensor = stored[i] as StoredTensor;
    if (!sameShape(tensor.shape, shape)) throw misfit(layer, model.where, `${name} should be ${formatShape(shape)}, the file has ${formatShape(tensor.shape)}`);
    return [`${node.name}/${name}`, tensor];
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
