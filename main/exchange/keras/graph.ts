// The layers of a Keras model and who feeds whom, from its configuration: Sequential, or functional in the spellings of Keras 2 and 3.
// Says nothing of what the layers are.

import type { Json } from '../../../shared/project/plainJson.ts';
import { modelError } from '../modelError.ts';
import { groupStem } from './groupStem.ts';
import { isObject, type KerasObject, listOr, objectOr, type SavedModel, textOr } from './savedModel.ts';

export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  /** Whether the class is one of Keras' own layers, not someone's or an operation of the same name. */
  readonly isOwn: boolean;
  readonly config: KerasObject;
  /** Names of the layers that feed it, in order. */
  readonly inbound: readonly string[];
  /** Where its weights stand in a .keras file. */
  readonly group: string;
}

const nested = new Set(['Sequential', 'Functional', 'Model']);
const maximumLayers = 10_000;

/** @throws NetwrightError for a model that is no plain graph of layers */
export function layersOf({ model, where }: SavedModel): readonly KerasLayer[] {
  const kind = textOr(model.class_name, '');
  // Before Keras 2.2 a Sequential was its list of layers.
  const config = Array.isArray(model.config) ? { layers: model.config } : objectOr(model.config);
  const entries = listOr(config.layers).filter(isObject);
  if (!nested.has(kind) || entries.length === 0) {
    throw modelError(
      'keras-model',
      where,
      `${where} holds a model of the class “${kind || '?'}” whose layers cannot be seen: only Sequential and functional models keep them in the file. Build it with Sequential or the functional API and save it again.`,
    );
  }
  if (entries.length > maximumLayers) throw modelError('keras-too-large', where, `${where} has ${entries.length} layers; up to ${maximumLayers} are read.`);
  const bare = entries.map((entry) => bareLayer(entry, where));
  const wired =
    kind === 'Sequential'
      ? chained(bare, firstShape(model, config))
      : bare.map((layer, i) => ({ ...layer, inbound: inboundOf(entries[i] as KerasObject, layer.name, where) }));
  return grouped(wired, kind === 'Sequential');
}

type Bare = Omit<KerasLayer, 'group'>;

function bareLayer(entry: KerasObject, where: string): Bare {
  const config = objectOr(entry.config);
  const className = textOr(entry.class_name, '?');
  const name = textOr(entry.name, textOr(config.name, className));
  if (nested.has(className))
    throw modelError(
      'keras-nested',
      `${where}: ${name}`,
      `${where}: the layer “${name}” is a whole model of its own (${className}). Nested models cannot be drawn yet: build the model from its layers and save it again.`,
    );
  const module = textOr(entry.module, 'keras.layers');
  return {
    name,
    className,
    isOwn: /^(tensorflow\.)?(python\.)?keras(\.src)?\.layers(\.|$)/.test(module) && typeof entry.registered_name !== 'string',
    config,
    inbound: [],
  };
}

/** The shape with which a Sequential was built, where its first layer does not say. */
const firstShape = (model: KerasObject, config: KerasObject): Json => config.build_input_shape ?? objectOr(model.build_config).input_shape ?? null;

function chained(layers: readonly Bare[], builtFor: Json): readonly Bare[] {
  const first = layers[0] as Bare;
  const all = first.className === 'InputLayer' ? layers : [inputFor(first, builtFor), ...layers];
  return all.map((layer, i) => ({ ...layer, inbound: i === 0 ? [] : [(all[i - 1] as Bare).name] }));
}

function inputFor({ name, config }: Bare, builtFor: Json): Bare {
  return {
    name: `${name}_input`,
    className: 'InputLayer',
    isOwn: true,
    config: { batch_shape: config.batch_input_shape ?? config.batch_shape ?? builtFor },
    inbound: [],
  };
}

/** Weights' groups are counted by class over a model's layers; the input of a Sequential is none of them. */
function grouped(layers: readonly Bare[], isSequential: boolean): readonly KerasLayer[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const stem = groupStem(layer.className);
    if (isSequential && layer.className === 'InputLayer') return { ...layer, group: '' };
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    return { ...layer, group: count === 0 ? stem : `${stem}_${count}` };
  });
}

function inboundOf(entry: KerasObject, name: string, where: string): readonly string[] {
  const calls = listOr(entry.inbound_nodes);
  if (calls.length > 1)
    throw modelError(
      'keras-shared',
      `${where}: ${name}`,
      `${where}: the layer “${name}” is used ${calls.length} times with the same weights. Shared layers cannot be drawn yet: give each place a layer of its own and save the model again.`,
    );
  const sources = calls.flatMap((call) =>
    Array.isArray(call) ? oldSources(call) : tensorsIn([objectOr(call).args ?? null, objectOr(call).kwargs ?? null], 0),
  );
  const odd = sources.find(({ output }) => output !== 0);
  if (odd)
    throw modelError(
      'keras-several-outputs',
      `${where}: ${name}`,
      `${where}: the layer “${name}” takes output ${odd.output} of “${odd.from}”. Layers with several outputs cannot be drawn: return only the first and save the model again.`,
    );
  return sources.map(({ from }) => from);
}

interface Source {
  readonly from: string;
  readonly output: number;
}

const sourceOf = ([from, node, output]: readonly Json[]): Source[] =>
  typeof from === 'string' && typeof node === 'number' && typeof output === 'number' ? [{ from, output }] : [];

/** Keras 2: `[["dense", 0, 0, {}], …]`; further tensors of the call (an initial state) stand in the same form inside the braces. */
function oldSources(value: Json, depth = 0): Source[] {
  if (depth > 8) return [];
  const inside = (list: readonly Json[]) => list.flatMap((one) => oldSources(one, depth + 1));
  if (Array.isArray(value)) return [...sourceOf(value), ...inside(typeof value[0] === 'string' ? value.slice(3) : value)];
  return isObject(value) ? inside(Object.values(value)) : [];
}

/** Keras 3 puts the layer's call there, with tensors wherever they stood in it. */
function tensorsIn(value: Json, depth: number): Source[] {
  if (depth > 8) return [];
  if (Array.isArray(value)) return value.flatMap((one) => tensorsIn(one, depth + 1));
  if (!isObject(value)) return [];
  if (value.class_name === '__keras_tensor__') return sourceOf(listOr(objectOr(value.config).keras_history));
  return Object.values(value).flatMap((one) => tensorsIn(one, depth + 1));
}
