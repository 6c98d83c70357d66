// One layer of a Keras model as a node's kind and parameters. Class names are only looked up in our own list: what is not there, or
// cannot be carried whole, becomes an inert node that keeps its configuration.

import { fromKerasConfig } from '../../../shared/layers/kerasConfig.ts';
import { layerIds, layers } from '../../../shared/layers/index.ts';
import type { AnyLayer } from '../../../shared/layers/layer.ts';
import type { KerasLayer } from './graph.ts';
import { type KerasObject, objectOr } from './savedModel.ts';
import { callParameters, wiringOf } from './wires.ts';

export interface ReadLayer {
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What a person should know: what was left out, why it is inert. To stand after the layer's name. */
  readonly remarks: readonly string[];
}

const byClass: ReadonlyMap<string, AnyLayer> = new Map(
  layerIds.flatMap((id): [string, AnyLayer][] => {
    const layer: AnyLayer = layers[id];
    return layer.keras ? [[layer.keras.className, layer]] : [];
  }),
);

/** Entries without influence on what the layer computes from its weights. */
const onlyForTraining = /(^|_)(initializer|regularizer|constraint|seed)$/;

/** The kind of a node that stands for something this app does not have. */
const inertKind = (className: string): string => `keras:${className}`.slice(0, 64);

/** The layer of ours of that class; null where there is none. */
export function layerFor(layer: KerasLayer): AnyLayer | null {
  if (layer.isFormula) return standIns[layer.className] ?? null;
  return layer.isOwn ? (byClass.get(layer.className) ?? null) : null;
}

/** @param version the first number of the Keras that wrote it */
export function readLayer(layer: KerasLayer, version: number): ReadLayer {
  const known = layerFor(layer);
  if (!known) return inert(layer, `there is no layer ${layer.className} here`);
  if (layer.isFormula) return { kind: known.id, parameters: formulaOf(layer), remarks: [] };
  const { parameters, unsupported } = fromKerasConfig(known, renamed(modern(layer, version), known.keras?.formerly));
  const essential = unsupported.filter((entry) => !onlyForTraining.test(entry));
  if (essential.length > 0) return inert(layer, `${layer.className} with this ${essential.join(', ')} is not known here`);
  const odd = [...new Set(layer.calls.flatMap((call) => wiringOf(known, call).odd))];
  if (odd.length > 0) return inert(layer, `${layer.className} called with ${odd.join(', ')} is not known here`);
  const call = tellingCall(known, layer);
  const left = unsupported.length > 0 ? [`${unsupported.join(', ')} left out; this matters only when it is trained further.`] : [];
  return { kind: known.id, parameters: { ...parameters, ...(call && callParameters(known, call)) }, remarks: [...left, ...dtypeRemark(layer)] };
}

/** The call whose settings hold for all: the first, or one with states, since a layer that may start with some need not. */
const tellingCall = ({ keras }: AnyLayer, { calls }: KerasLayer): KerasLayer['calls'][number] | undefined =>
  (keras?.restArgument && calls.find(({ inputs }) => inputs.length > 1)) || calls[0];

/** Layers of ours that stand for operations. */
const standIns: Readonly<Record<string, AnyLayer>> = {
  Einsum: layers.einsum,
  Expression: layers.expression,
  Operation: layers.operation,
  PositionEmbedding: layers.positionEmbedding,
};

/** Without what all layers have. */
const formulaOf = ({ config: { name: _, trainable: _trainable, ...own } }: KerasLayer): ReadLayer['parameters'] => own;

const inert = ({ className, config }: KerasLayer, why: string): ReadLayer => ({
  kind: inertKind(className),
  parameters: config,
  remarks: [`${why}. It stands in the network with its configuration kept, and must be replaced before training.`],
});

function dtypeRemark({ config }: KerasLayer): string[] {
  const dtype = typeof config.dtype === 'string' ? config.dtype : objectOr(objectOr(config.dtype).config).name;
  return typeof dtype !== 'string' || dtype === 'float32' || !dtype.includes('float') ? [] : [`computed in ${dtype}; here it computes in float32.`];
}

/** Entries that earlier versions wrote and that say nothing today. */
const withoutMeaning = [
  'batch_input_shape',
  'batch_shape',
  'input_length',
  'implementation',
  'time_major',
  'ragged',
  'sparse',
  'renorm',
  'renorm_clipping',
  'renorm_momentum',
];

/** A configuration in today's words. */
function modern({ className, config, rank }: KerasLayer, version: number): KerasObject {
  if (className === 'InputLayer') return inputShape(config);
  const known = Object.entries(config).filter(([key]) => !withoutMeaning.includes(key));
  const kept = Object.fromEntries(known.map(([key, value]) => [key, key === 'axis' ? plainAxis(value, rank) : value]));
  if (className === 'GRU' && !('reset_after' in kept)) return old({ ...kept, reset_after: false }, version);
  return old(kept, version);
}

/** One axis as a number, the last of all as −1; several counted from the front, where it is known how many there are. */
function plainAxis(axis: KerasObject[string], rank: number | null): KerasObject[string] {
  if (Array.isArray(axis) && axis.length > 1) return axis.map((one) => (rank !== null && typeof one === 'number' && one < 0 ? one + rank : one));
  const single = Array.isArray(axis) && axis.length === 1 ? (axis[0] ?? null) : axis;
  return rank !== null && single === rank - 1 ? -1 : single;
}

/** Before Keras 3 `hard_sigmoid` was another function: its slope was 0.2. */
const old = (config: KerasObject, version: number): KerasObject =>
  version >= 3 ? config : Object.fromEntries(Object.entries(config).map(([key, value]) => [key, value === 'hard_sigmoid' ? 'hard_sigmoid of Keras 2' : value]));

/** With the names of today for entries that were called otherwise in older files. */
const renamed = (config: KerasObject, formerly: Readonly<Record<string, string>> = {}): KerasObject =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [formerly[key] ?? key, value]));

/** The input's shape; where an axis other than the batch is left open, as the data has it, with as many axes. */
function inputShape(config: KerasObject): KerasObject {
  const shape = config.batch_shape ?? config.batch_input_shape ?? null;
  if (!Array.isArray(shape) || shape.length < 2) return { batch_shape: null };
  return shape.slice(1).every((size) => typeof size === 'number' && size > 0) ? { batch_shape: shape } : { batch_shape: null, axes: shape.length - 1 };
}
