// The layers of a Keras model and who feeds whom, from its configuration: Sequential, or functional in the spellings of Keras 2 and 3.
// Models inside a model are laid open: their layers stand among the others, under the inner model's name. Says nothing of what layers are.

import type { Json } from '../../../shared/project/plainJson.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';
import { filedThere } from './channelsFirst.ts';
import { groupStem, publicName } from './groupStem.ts';
import { callsIn, endsIn, type InboundCall, type Source } from './inbound.ts';
import { withoutMasks } from './masks.ts';
import { filedAs, unfolded } from './unfolding.ts';
import { isOperation } from './operations.ts';
import { givenKey, standIn } from './operationParts.ts';
import { isObject, type KerasObject, listOr, objectOr, type SavedModel, textOr } from './savedModel.ts';

/** One result of a layer: of its so-manieth call, the first or a further one. */
export interface Ref {
  readonly output: number;
  /** The layer's `name`. */
  readonly layer: string;
  readonly call: number;
}
export interface Call {
  readonly inputs: readonly { readonly ref: Ref; readonly argument: string | null }[];
  readonly settings: KerasObject;
}
export interface KerasLayer {
  /** With the names of the models around it before it: `encoder/dense`. */
  readonly name: string;
  readonly className: string;
  /** Whether the class is one of Keras' own layers, not someone's or an operation of the same name. */
  readonly isOwn: boolean;
  /** Whether it is a formula that stands for an operation. */
  readonly isFormula: boolean;
  readonly config: KerasObject;
  /** Of what it was built for, the batch counted; null where the file does not say. */
  readonly rank: number | null;
  readonly frozen: boolean;
  /** The places where it is used with the same weights; none for an Input. */
  readonly calls: readonly Call[];
  /** Where its weights stand in a .keras file. */
  readonly group: string;
  /** Its weights, where they stand in the call that it was. */
  readonly given?: readonly StoredTensor[];
  /** The layer of the whole model that it is, or is part of. */
  readonly outer: string;
  /** The same for what is one layer at several places of the file: inside a model, and beside it. Null for what stands there once. */
  readonly identity: string | null;
}
export interface KerasGraph {
  readonly layers: readonly KerasLayer[];
  /** In the order in which the model takes and gives them. */
  readonly inputs: readonly Ref[];
  readonly outputs: readonly Ref[];
}

const modelClasses = new Set(['Sequential', 'Functional', 'Model']);
const maximumLayers = 10_000;
const maximumNesting = 16;

/** @throws NetwrightError for a model that is no plain graph of layers */
export function graphIn({ model, where, version }: SavedModel): KerasGraph {
  const read = new ModelReader({
    entry: model,
    where,
    version,
    prefix: '',
    group: '',
    outer: null,
    frozen: false,
    around: null,
    depth: 0,
    masked: mayMask(model),
    identity: null,
  });
  return withOwnEnds(withoutUnused({ layers: read.layers(), inputs: read.inputs(), outputs: read.outputs() }));
}

/** All that leads to a result: of an operation with several some may go nowhere. */
function withoutUnused({ layers, inputs, outputs }: KerasGraph): KerasGraph {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const used = new Set<string>();
  const open = outputs.map(({ layer }) => layer);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    open.push(...(byName.get(name)?.calls ?? []).flatMap((call) => call.inputs.map(({ ref }) => ref.layer)));
  }
  return { layers: layers.filter(({ name, className }) => used.has(name) || className === 'InputLayer'), inputs, outputs };
}

/** A network gives each result once, and of a layer the first: what a model gives otherwise passes through an Identity. */
function withOwnEnds({ layers, inputs, outputs }: KerasGraph): KerasGraph {
  const given = new Set<string>();
  const added: KerasLayer[] = [];
  const ends = outputs.map((ref): Ref => {
    const key = JSON.stringify([ref.layer, ref.call]);
    if (ref.output === 0 && !given.has(key)) {
      given.add(key);
      return ref;
    }
    const name = freeAmong(layers, `${ref.layer}_${added.length + 1}`);
    const plain = { className: 'Identity', isOwn: true, isFormula: false, config: {}, rank: null, frozen: false, group: '', identity: null };
    added.push({ ...plain, name, outer: name, calls: [{ inputs: [{ ref, argument: null }], settings: {} }] });
    return { layer: name, call: 0, output: 0 };
  });
  return { layers: [...layers, ...added], inputs, outputs: ends };
}

function freeAmong(layers: readonly KerasLayer[], wanted: string): string {
  const isTaken = (name: string) => layers.some((layer) => layer.name === name);
  return isTaken(wanted) ? freeAmong(layers, `${wanted}_`) : wanted;
}

interface Bare {
  readonly name: string;
  readonly className: string;
  readonly isOwn: boolean;
  /** What it is in the file. */
  readonly written: { readonly className: string; readonly isOwn: boolean };
  readonly entry: KerasObject;
  readonly config: KerasObject;
  readonly calls: readonly InboundCall[];
  /** Part of the path of its weights; empty for the input of a Sequential. */
  readonly group: string;
  /** What stands in that path before the layers of an inner model. */
  readonly inside: string;
}

/** Looked up call by call: one call of a model may feed another one of it. */
interface Around {
  readonly count: number;
  fed(call: number): readonly Ref[];
}

interface Place {
  readonly entry: KerasObject;
  readonly where: string;
  readonly version: number;
  /** Names before its layers' names: `encoder/`. */
  readonly prefix: string;
  /** Path before its layers' weights: `functional/layers/`. */
  readonly group: string;
  readonly outer: string | null;
  readonly frozen: boolean;
  /** What feeds each call of this model; null for the whole one. */
  readonly around: Around | null;
  readonly depth: number;
  /** Whether steps of sequences may be masked anywhere in the whole model. */
  readonly masked: boolean;
  readonly identity: string | null;
}

/** One model, the whole or an inner one. */
class ModelReader {
  private readonly place: Place;
  private readonly bare: ReadonlyMap<string, Bare>;
  private readonly isSequential: boolean;
  private readonly entering: readonly string[];
  private readonly leaving: readonly Source[];
  private readonly inner = new Map<string, ModelReader>();
  /** The last call of each layer that another one refers to. */
  private readonly referred = new Map<string, number>();
  private steps = 0;

  constructor(place: Place) {
    this.place = place;
    const { entry, where, prefix } = place;
    const kind = textOr(entry.class_name, '');
    // Before Keras 2.2 a Sequential was its list of layers.
    const config: KerasObject = Array.isArray(entry.config) ? { layers: entry.config } : objectOr(entry.config);
    const entries = listOr(config.layers).filter(isObject);
    if (!modelClasses.has(kind) || entries.length === 0) throw this.refusal('keras-model', hidden(where, kind));
    if (entries.length > maximumLayers) throw this.refusal('keras-too-large', `${where} has ${entries.length} layers; up to ${maximumLayers} are read.`);
    this.isSequential = kind === 'Sequential';
    const plain = entries.map((one) => bareLayer(one, place.masked));
    const wired = this.isSequential ? chained(plain, firstShape(entry, config)) : plain.map((layer) => ({ ...layer, calls: callsIn(layer.entry) }));
    const list = withoutMasks(grouped(wired, this.isSequential), new Set(endsIn(config.output_layers).map(({ from }) => from)));
    this.bare = new Map(list.map((layer) => [layer.name, layer]));
    const twice = list.find((layer) => this.bare.get(layer.name) !== layer);
    if (twice)
      throw modelError(
        'keras-name',
        `${where}: ${prefix}${twice.name}`,
        `${where}: two layers are called “${twice.name}”. Give them names of their own and save the model again.`,
      );
    const inputs = list.filter(({ className }) => className === 'InputLayer').map(({ name }) => name);
    const declared = endsIn(config.input_layers).map(({ from }) => from);
    this.entering = this.isSequential || declared.length === 0 ? inputs : declared;
    const ends = endsIn(config.output_layers).map((end) => this.withoutMaking(end));
    this.leaving = this.isSequential || ends.length === 0 ? lastOf(list) : ends;
    for (const { source } of list.flatMap(({ calls }) => calls.flatMap(({ sources }) => sources)))
      this.referred.set(source.from, Math.max(source.node, this.referred.get(source.from) ?? 0));
  }

  /** At a model's ends, a functional model inside counts its own making as its first call. */
  private withoutMaking(end: Source): Source {
    const counts = ['Functional', 'Model'].includes(this.bare.get(end.from)?.className ?? '');
    return counts ? { ...end, node: Math.max(0, end.node - 1) } : end;
  }

  private refusal(code: string, message: string) {
    return modelError(code, this.place.where, message);
  }

  /** How often the model itself is called. */
  private get calls(): number {
    return this.place.around?.count ?? 1;
  }

  private reader(layer: Bare): ModelReader {
    const { where, version, prefix, group, outer, frozen, depth, masked } = this.place;
    if (depth >= maximumNesting)
      throw this.refusal('keras-too-deep', `${where} nests models deeper than ${maximumNesting} levels. No model that people build does.`);
    const known = this.inner.get(layer.name);
    if (known) return known;
    const read = new ModelReader({
      entry: layer.entry,
      where,
      version,
      prefix: `${prefix}${layer.name}/`,
      group: `${group}${layer.group}${layer.inside}`,
      outer: outer ?? layer.name,
      frozen: frozen || layer.config.trainable === false,
      around: this.aroundOf(layer),
      depth: depth + 1,
      masked,
      identity: this.identityOf(layer),
    });
    this.inner.set(layer.name, read);
    return read;
  }

  private identityOf({ name, entry: { shared_object_id: id = null } }: Bare): string | null {
    if (this.place.identity !== null) return `${this.place.identity}/${name}`;
    return typeof id === 'number' ? String(id) : null;
  }

  /** A layer's calls over all calls of the model. */
  private callsOf(layer: Bare): Call[] {
    return Array.from({ length: this.calls }, (_, call) => layer.calls.map((one) => this.callOf(layer, one, call))).flat();
  }

  private callOf(layer: Bare, { sources, settings }: InboundCall, call: number): Call {
    return { inputs: sources.map(({ source, argument }) => ({ ref: this.resolve(source, call, layer.name), argument })), settings };
  }

  /** What feeds each call of an inner model, in the order of `callsOf`. */
  private aroundOf(layer: Bare): Around {
    const known = new Map<number, readonly Ref[]>();
    const each = layer.calls.length;
    const fed = (call: number): readonly Ref[] => {
      const own = layer.calls[call % each];
      const refs = known.get(call) ?? (own ? this.callOf(layer, own, Math.floor(call / each)).inputs.map(({ ref }) => ref) : []);
      known.set(call, refs);
      return refs;
    };
    return { count: each * this.calls, fed };
  }

  /** What stands behind a name within one call of the model. */
  private resolve(source: Source, call: number, to: string): Ref {
    const { where, prefix, around } = this.place;
    const layer = this.bare.get(source.from);
    const fault = (code: string, message: string) => modelError(code, `${where}: ${prefix}${to}`, `${where}: ${message}`);
    if (!layer) throw fault('keras-wiring', `“${to}” is fed by “${source.from}”, but there is no such layer. Use a complete copy.`);
    if (++this.steps > 10 * maximumLayers) throw this.refusal('keras-too-large', `${where}: its layers are called more often than can be drawn.`);
    if (around && layer.className === 'InputLayer') {
      const given = around.fed(call)[this.entering.indexOf(source.from)];
      if (given) return given;
      throw fault('keras-wiring', `nothing feeds “${source.from}”. Use a complete copy.`);
    }
    const each = Math.max(1, layer.calls.length);
    if (isModel(layer)) return this.reader(layer).output(call * each + this.callNumber(layer, source), source.output);
    return { layer: prefix + source.from, call: call * each + this.callNumber(layer, source), output: source.output };
  }

  /** Where a model's calls are counted from: before Keras 3 its own making was its first, and where a whole model ends it still is. */
  private callNumber(layer: Bare, { node }: Source): number {
    const first = (this.referred.get(layer.name) ?? 0) >= Math.max(1, layer.calls.length) ? 1 : 0;
    return Math.min(Math.max(0, node - (isModel(layer) ? first : 0)), Math.max(0, layer.calls.length - 1));
  }

  /** What the model gives at one of its calls. */
  private output(call: number, output: number): Ref {
    const source = this.leaving[output];
    if (source) return this.resolve(source, call, 'output');
    throw this.refusal(
      'keras-wiring',
      `${this.place.where}: a model inside gives ${this.leaving.length} results, but result ${output + 1} of it is used. Use a complete copy.`,
    );
  }

  inputs(): Ref[] {
    return this.entering.map((name) => ({ layer: this.place.prefix + name, call: 0, output: 0 }));
  }

  outputs(): Ref[] {
    return this.leaving.map((_, i) => this.output(0, i));
  }

  /** All layers, those of inner models in the place of these. */
  layers(): KerasLayer[] {
    const { where, prefix, group, outer, around } = this.place;
    const all = [...this.bare.values()].flatMap((layer): KerasLayer[] => {
      if (isModel(layer)) return this.reader(layer).layers();
      if (around && layer.className === 'InputLayer') return [];
      const { name, className, isOwn, config, entry } = layer;
      const frozen = this.place.frozen || config.trainable === false;
      const own = layer.group === '' ? '' : layer.group === filedThere ? group : group + layer.group;
      return [
        {
          name: prefix + name,
          className,
          isOwn,
          isFormula: entry.module === standIn,
          ...givenTo(entry),
          config,
          rank: rankIn(entry),
          frozen,
          calls: this.callsOf(layer),
          group: own,
          outer: outer ?? name,
          identity: this.identityOf(layer),
        },
      ];
    });
    if (all.length > maximumLayers || all.reduce((sum, { calls }) => sum + calls.length, 0) > maximumLayers)
      throw this.refusal('keras-too-large', `${where} has more than ${maximumLayers} layers and places where they are used.`);
    return all;
  }
}

/** Masks come from two kinds of layer. */
function mayMask(model: Json): boolean {
  const open: Json[] = [model];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...value);
    if (!isObject(value)) continue;
    if (value.class_name === 'Masking' || value.mask_zero === true) return true;
    open.push(...Object.values(value));
  }
  return false;
}

/** Weights in the call are arrays that were read from it; what a file says under that key is none. */
function givenTo(entry: KerasObject): Pick<KerasLayer, 'given'> {
  const given = listOr(entry[givenKey]) as unknown as readonly Partial<StoredTensor>[];
  return given.length > 0 && given.every((one) => one?.data instanceof Float32Array) ? { given: given as readonly StoredTensor[] } : {};
}

const isModel = ({ className }: Bare): boolean => modelClasses.has(className);

const hidden = (where: string, kind: string): string =>
  `${where} holds a model of the class “${kind || '?'}” whose layers cannot be seen: only Sequential and functional models keep them in the file. Build it with Sequential or the functional API and save it again.`;

function lastOf(layers: readonly Bare[]): Source[] {
  const last = layers.at(-1);
  return last ? [{ from: last.name, node: Math.max(0, last.calls.length - 1), output: 0 }] : [];
}

function bareLayer(written: KerasObject, masked: boolean): Bare {
  const { entry, inside } = unfolded(written, masked);
  const config = objectOr(entry.config);
  const kind = kindOf(entry);
  return { name: textOr(entry.name, textOr(config.name, kind.className)), ...kind, written: kindOf(written), entry, config, calls: [], group: '', inside };
}

function kindOf(entry: KerasObject): Pick<Bare, 'className' | 'isOwn'> {
  const module = textOr(entry.module, 'keras.layers');
  const isOwn = /^(tensorflow\.)?(python\.)?keras(\.src)?\.layers(\.|$)/.test(module) && typeof entry.registered_name !== 'string' && !isOperation(entry);
  return { className: publicName(textOr(entry.class_name, '?')), isOwn };
}

function rankIn({ build_config: built }: KerasObject): number | null {
  const shape = listOr(objectOr(built).input_shape);
  return shape.length > 0 && shape.every((size) => size === null || typeof size === 'number') ? shape.length : null;
}

/** The shape with which a Sequential was built, where its first layer does not say. */
const firstShape = (model: KerasObject, config: KerasObject): Json => config.build_input_shape ?? objectOr(model.build_config).input_shape ?? null;

function chained(layers: readonly Bare[], builtFor: Json): readonly Bare[] {
  const first = layers[0] as Bare;
  const all = first.className === 'InputLayer' ? layers : [inputFor(first, builtFor), ...layers];
  return all.map((layer, i) => {
    const before = all[i - 1];
    const source = before && { from: before.name, node: 0, output: 0 };
    return { ...layer, calls: source ? [{ sources: [{ source, argument: null }], settings: {} }] : [] };
  });
}

function inputFor({ name, config }: Bare, builtFor: Json): Bare {
  const kind = { className: 'InputLayer', isOwn: true };
  const entry = { config: { batch_shape: config.batch_input_shape ?? config.batch_shape ?? builtFor } };
  return { name: `${name}_input`, ...kind, written: kind, entry, config: entry.config, calls: [], group: '', inside: '' };
}

/** Weights' groups are counted by class over a model's layers; operations, and the input of a Sequential, are none of them. */
function grouped(layers: readonly Bare[], isSequential: boolean): readonly Bare[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const module = textOr(layer.entry.module, '');
    if ((isSequential && layer.className === 'InputLayer') || module.includes('.ops.') || filedAs(layer.entry) === '') return { ...layer, group: '' };
    if (filedAs(layer.entry) === filedThere) return { ...layer, group: filedThere };
    const stem = groupStem(filedAs({ class_name: layer.className, ...layer.entry }));
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    return { ...layer, group: count === 0 ? stem : `${stem}_${count}` };
  });
}
