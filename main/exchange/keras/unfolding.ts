// Layers of Keras that say the same as others: an RNN around a cell is the layer of that cell, one around several cells is a model of
// layers one behind the other, a model for every step is a model of layers that each work on every step, and operations are layers.

import type { Json } from '../../../shared/project/plainJson.ts';
import { withChannelsLast } from './channelsFirst.ts';
import { callsIn } from './inbound.ts';
import { layersOfOperation } from './operations.ts';
import { endKey, fromKey, isObject, type KerasObject, listOr, objectOr, textOr } from './savedModel.ts';

export interface Unfolded {
  readonly entry: KerasObject;
  /** What stands between its group of weights and those of the layers inside. */
  readonly inside: string;
}

const layerOfCell: Readonly<Record<string, string>> = { LSTMCell: 'LSTM', GRUCell: 'GRU', SimpleRNNCell: 'SimpleRNN' };
const classOf = (entry: KerasObject): string => textOr(entry.class_name, '');
/** The class under whose name Keras files the weights of a layer that was unfolded. */
const filed = 'netwright_filed_as';
export const filedAs = (entry: KerasObject): string => textOr(entry[filed], classOf(entry));

/** A layer's entry in plainer words; itself where there are none. @param masked whether steps may be masked in the model */
export function unfolded(entry: KerasObject, masked: boolean): Unfolded {
  const usual = { entry: scaledChannels(entry) ?? plainWrapped(entry), inside: '/layers/' };
  const turned = withChannelsLast(entry, filed);
  if (turned) return { entry: { ...inPlaceOf(entry, turned, false), [filed]: classOf(entry) }, inside: '' };
  const operation = layersOfOperation(entry, masked);
  if (operation) return { entry: inPlaceOf(entry, operation), inside: '/layers/' };
  if (classOf(entry) === 'RNN') return stacked(entry) ?? usual;
  return (classOf(entry) === 'TimeDistributed' ? everyStep(entry) : null) ?? usual;
}

/** What ConvNeXt scales its channels by. Keras has the layer for itself alone, and its .h5 files of it need custom objects: a sum over no axis says the same. */
function scaledChannels(entry: KerasObject): KerasObject | null {
  const { init_values, projection_dim, name = null, trainable = true, dtype = null } = objectOr(entry.config);
  // An .h5 names no module.
  const isKeras = !('module' in entry) || /(^|\.)applications\.convnext$/.test(textOr(entry.module, ''));
  if (classOf(entry) !== 'LayerScale' || !isKeras || typeof projection_dim !== 'number' || typeof init_values !== 'number') return null;
  const kernel_initializer = { module: 'keras.initializers', class_name: 'Constant', config: { value: init_values }, registered_name: null };
  const config = { name, trainable, dtype, equation: '...a,a->...a', output_shape: [projection_dim], bias_axes: null, kernel_initializer };
  return { ...entry, class_name: 'EinsumDense', module: 'keras.layers', registered_name: null, config, [filed]: 'LayerScale' };
}

/** An RNN of one cell as the layer of that cell, also inside of a wrapper. */
function plainWrapped(entry: KerasObject): KerasObject {
  if (classOf(entry) === 'RNN') return singleCell(entry) ?? entry;
  const config = objectOr(entry.config);
  const inner = Object.entries(config).filter(([key, value]) => ['layer', 'backward_layer'].includes(key) && isObject(value) && classOf(value) === 'RNN');
  if (inner.length === 0) return entry;
  return { ...entry, config: { ...config, ...Object.fromEntries(inner.map(([key, value]) => [key, plainWrapped(value as KerasObject)])) } };
}

function singleCell(entry: KerasObject): KerasObject | null {
  const { cell, ...own } = objectOr(entry.config);
  const name = layerOfCell[classOf(objectOr(cell))];
  return name === undefined
    ? null
    : { ...entry, class_name: name, module: 'keras.layers', config: { ...cellConfig(cell as KerasObject), ...own }, [filed]: 'RNN' };
}

/** What a cell says of itself, without what belongs to the layer around it. */
function cellConfig(cell: KerasObject): KerasObject {
  const { name: _, ...config } = objectOr(cell.config);
  return config;
}

/** One layer takes its place; several are a model. None has weights, so that none is filed. @param renamed whether they get names of their own */
function inPlaceOf({ config, inbound_nodes, name, ...rest }: KerasObject, layers: readonly KerasObject[], renamed = true): KerasObject {
  const own = { name: objectOr(config).name ?? name ?? null };
  const place = { inbound_nodes: inbound_nodes ?? null, name: own.name, [filed]: '' };
  const [only] = layers;
  if (layers.length === 1 && only) return { ...only, ...place, config: { ...objectOr(only.config), ...own } };
  const named = !renamed
    ? layers
    : layers.map((layer, i) => ({ ...layer, config: { ...objectOr(layer.config), name: `${textOr(rest.class_name, '').toLowerCase()}_${i}` } }));
  const count = callsIn({ inbound_nodes: inbound_nodes ?? null })[0]?.sources.length ?? 1;
  if (count > 1 || layers.some((layer) => fromKey in layer))
    return { class_name: 'Functional', module: 'keras', ...place, config: { ...own, ...chainOf(named, count) } };
  return { class_name: 'Sequential', module: 'keras', ...place, config: { ...own, layers: named } };
}

/** Layers one behind the other, the first of which takes several tensors, or as they say themselves. */
function chainOf(layers: readonly KerasObject[], count: number): KerasObject {
  const inputs = Array.from({ length: count }, (_, i) => `input_${i}`);
  const tensor = (name: Json): KerasObject => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } });
  const nameOf = (layer: KerasObject | undefined): Json => objectOr(layer?.config).name ?? null;
  const placed = (place: number): KerasObject => tensor(place < 0 ? (inputs[-place - 1] ?? null) : nameOf(layers[place]));
  const calledWith = (i: number): Json => {
    const from = layers[i]?.[fromKey] ?? null;
    if (!Array.isArray(from)) return i === 0 ? inputs.map(tensor) : placed(i - 1);
    const [first, ...others] = from.map((place) => placed(Number(place)));
    return others.length === 0 ? (first ?? null) : [first ?? null, ...others];
  };
  const ends = layers.filter((layer) => endKey in layer).sort((a, b) => Number(a[endKey]) - Number(b[endKey]));
  return {
    layers: [
      ...inputs.map((name): KerasObject => ({ class_name: 'InputLayer', module: 'keras.layers', config: { name } })),
      ...layers.map((layer, i): KerasObject => ({ ...layer, inbound_nodes: [{ args: [calledWith(i)], kwargs: {} }] })),
    ],
    input_layers: inputs.map((name) => [name, 0, 0]),
    output_layers: (ends.length > 0 ? ends : layers.slice(-1)).map((layer) => [nameOf(layer), 0, 0]),
  };
}

/** Called with nothing but its one sequence. */
const isCalledPlainly = (entry: KerasObject): boolean =>
  callsIn(entry).every(({ sources }) => sources.filter(({ argument }) => argument !== 'mask').length === 1);

function stacked(entry: KerasObject): Unfolded | null {
  const { cell, ...own } = objectOr(entry.config);
  const cells = listOr(objectOr(objectOr(cell).config).cells).filter(isObject);
  const isPlain = own.return_state !== true && own.go_backwards !== true && isCalledPlainly(entry);
  if (classOf(objectOr(cell)) !== 'StackedRNNCells' || cells.length === 0 || !isPlain || cells.some((one) => !(classOf(one) in layerOfCell))) return null;
  const layers = cells.map((one, i): KerasObject => {
    const returns: KerasObject = i < cells.length - 1 ? { return_sequences: true } : {};
    const config = { ...cellConfig(one), ...own, ...returns, name: textOr(objectOr(one.config).name, `cell_${i}`) };
    return { class_name: layerOfCell[classOf(one)] as string, module: 'keras.layers', config, [filed]: classOf(one) };
  });
  return {
    entry: { ...entry, class_name: 'Sequential', config: { name: own.name ?? null, layers, ...trainableIn(own) }, [filed]: 'RNN' },
    inside: '/cell/cells/',
  };
}

const trainableIn = ({ trainable = true }: KerasObject): KerasObject => ({ trainable });

const modelClasses = new Set(['Sequential', 'Functional', 'Model']);

/** A model for every step: where its layers follow each other, each of them for every step. */
function everyStep(entry: KerasObject): Unfolded | null {
  const own = objectOr(entry.config);
  const model = objectOr(own.layer);
  const config = objectOr(model.config);
  const layers = listOr(config.layers).filter(isObject);
  const isChain = layers.every((layer) => !modelClasses.has(classOf(layer)) && callsIn(layer).every(({ sources }) => sources.length === 1));
  if (!modelClasses.has(classOf(model)) || layers.length === 0 || !isChain) return null;
  const stepped = layers.map((layer) => (classOf(layer) === 'InputLayer' ? layer : forEveryStep(layer)));
  return {
    entry: {
      ...entry,
      class_name: textOr(model.class_name, ''),
      config: { ...config, name: own.name ?? null, ...trainableIn(own), layers: stepped },
      [filed]: 'TimeDistributed',
    },
    inside: '/layer/layers/',
  };
}

function forEveryStep(layer: KerasObject): KerasObject {
  const { name = null, trainable = true } = objectOr(layer.config);
  const { build_config: _, ...rest } = layer;
  return { ...rest, class_name: 'TimeDistributed', module: 'keras.layers', registered_name: null, config: { name, trainable, layer }, [filed]: filedAs(layer) };
}
