// What may come after a layer: which layers fit there and why the others do not, and the one that most likely follows.
// Asks the compiler itself: the layer is tried on a network of two. Advice only; nothing is refused because of it.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { layerIds, layerOf, layers, type LayerId } from '../../layers/index.ts';
import type { AnyLayer } from '../../layers/layer.ts';
import type { Network, NetworkNode } from '../../network/network.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import { analyze } from './analyze.ts';
import { layerGraph } from '../graph.ts';
import { refusalBehind } from '../measure.ts';
import type { Analysis } from '../types.ts';

export interface Suggestion {
  readonly kind: LayerId;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const nowhere = { x: 0, y: 0 };
const inputNode = (id: string, shape: Shape | null): NetworkNode => ({ id, kind: 'input', name: id, parameters: { shape }, position: nowhere });

/** The layer behind as many Inputs as it needs. */
function trial(layer: AnyLayer, shape: Shape | null, copies: number): Network {
  const inputs = Array.from({ length: copies }, (_, index) => inputNode(`in${index}`, shape));
  const tried: NetworkNode = { id: 'tried', kind: layer.id, name: 'tried', parameters: {}, position: nowhere };
  const edges = inputs.map(({ id }, input) => ({ id: `e${input}`, source: id, target: 'tried', input }));
  return { id: 'trial', name: 'Trial', nodes: [...inputs, tried], edges };
}

/** An automatic Input takes the shape its follower is made for. */
function refusalAfterInput(layer: AnyLayer, dataset: DatasetDescriptor | null): string | null {
  const { problems } = analyze(trial(layer, null, layer.inputs === 1 ? 1 : 2), { dataset });
  const known = dataset === null ? [] : problems;
  return known.find(({ code, nodes }) => nodes.includes('tried') && !wiringOnly.has(code))?.what ?? null;
}
/** Problems of the trial's own making: its ends and its two Inputs. */
const wiringOnly = new Set(['several-inputs', 'several-outputs', 'no-shape', 'output-shape', 'output-activation', 'too-few-inputs', 'no-input']);

/** Asks the layer alone, not the analysis with its repairs: a palette asks of every layer at every edit. */
function refusalAfterShape(layer: AnyLayer, shape: Shape): string | null {
  const one = layerGraph(trial(layer, shape, layer.inputs === 1 ? 1 : 2)).nodes.get('tried');
  return one
    ? (refusalBehind(
        { ...one, layer },
        one.incoming.map(() => shape),
      )?.what ?? null)
    : null;
}

const isAutomatic = (node: NetworkNode): boolean => layerOf(node.kind)?.inputs === 0 && (node.parameters['shape'] ?? null) === null;

/** Why each layer, with its defaults, does not fit after `from`; layers that fit are missing. */
export function refusalsAfter(network: Network, analysis: Analysis, from: string, dataset: DatasetDescriptor | null): ReadonlyMap<LayerId, string> {
  const node = network.nodes.find(({ id }) => id === from);
  const shape = analysis.nodes[from]?.outputShape ?? null;
  const refusals = new Map<LayerId, string>();
  if (!node || (shape === null && !isAutomatic(node))) return refusals;
  for (const id of layerIds) {
    const layer: AnyLayer = layers[id];
    const refusal =
      layer.inputs === 0
        ? 'Data comes in here: nothing leads to it.'
        : isAutomatic(node) && layer.inputs === 1
          ? refusalAfterInput(layer, dataset)
          : shape && refusalAfterShape(layer, shape);
    if (refusal) refusals.set(id, refusal);
  }
  return refusals;
}

/** The last layer that a dataset asks for. */
function ending(dataset: DatasetDescriptor): Suggestion {
  const units = dataset.task === 'classes' ? (dataset.classNames?.length ?? 2) : dataset.task === 'binary' ? 1 : Math.max(1, sizeOf(dataset.labels.shape));
  return { kind: 'dense', parameters: { units, activation: { classes: 'softmax', binary: 'sigmoid', numbers: 'linear' }[dataset.task] } };
}

/** The parameters of the newest layer of that kind, so that a network keeps its own habits. */
const habit = (network: Network, kind: LayerId): Readonly<Record<string, unknown>> | undefined =>
  network.nodes.findLast((node) => node.kind === kind)?.parameters;

/** The pooling this network uses; the usual one where it uses none. */
function poolingOf(network: Network, kinds: readonly LayerId[]): Suggestion {
  const used = network.nodes.findLast((node) => kinds.includes(node.kind as LayerId));
  return { kind: (used?.kind as LayerId | undefined) ?? (kinds[0] as LayerId), parameters: used?.parameters ?? {} };
}

function convolutionOf(network: Network, kind: 'conv1d' | 'conv2d'): Suggestion {
  const before = habit(network, kind);
  if (!before) return { kind, parameters: { filters: 32, activation: 'relu' } };
  const filters = typeof before['filters'] === 'number' ? Math.min(512, before['filters'] * 2) : 64;
  return { kind, parameters: { ...before, filters } };
}

/** Below this edge, in pixels, a picture is read as a row of numbers. */
const smallPicture = 8;

function afterPicture(network: Network, layer: AnyLayer, shape: Shape): Suggestion {
  const edge = Math.min(shape[0] ?? 1, shape[1] ?? 1);
  if (layer.family === 'convolution' && edge >= 4) return poolingOf(network, ['maxPooling2d', 'averagePooling2d']);
  return edge >= smallPicture ? convolutionOf(network, 'conv2d') : { kind: 'flatten', parameters: {} };
}

function afterSequence(network: Network, layer: AnyLayer): Suggestion {
  if (layer.id === 'conv1d') return poolingOf(network, ['maxPooling1d', 'averagePooling1d']);
  if (layer.family === 'pooling') return convolutionOf(network, 'conv1d');
  return { kind: 'lstm', parameters: habit(network, 'lstm') ?? { units: 64 } };
}

function afterRow(network: Network, node: NetworkNode, layer: AnyLayer, dataset: DatasetDescriptor | null): Suggestion {
  const hidden: Suggestion = { kind: 'dense', parameters: { units: 128, activation: 'relu' } };
  if (!dataset) return hidden;
  const last = ending(dataset);
  const isEnough = layer.id === 'dense' || layer.family === 'recurrent' || layer.family === 'regularization';
  const had = habit(network, 'dense');
  if (isEnough && node.parameters['units'] !== last.parameters['units']) return last;
  return had && isEnough ? { kind: 'dense', parameters: had } : hidden;
}

/** The layer that most likely comes next, with parameters; what the network has done before goes before what is usual. */
export function likelyNext(network: Network, analysis: Analysis, from: string, dataset: DatasetDescriptor | null): Suggestion {
  const node = network.nodes.find(({ id }) => id === from);
  const layer = node && layerOf(node.kind);
  const shape = analysis.nodes[from]?.outputShape ?? null;
  if (!node || !layer || !shape) return { kind: 'dense', parameters: { units: 128, activation: 'relu' } };
  if (isAutomatic(node) && dataset?.look === 'image') return afterPicture(network, layer, dataset.features.shape);
  if (shape.length >= 3) return afterPicture(network, layer, shape);
  return shape.length === 2 ? afterSequence(network, layer) : afterRow(network, node, layer, dataset);
}
