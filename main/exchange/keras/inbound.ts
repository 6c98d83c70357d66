// How layers of a functional model are called: `inbound_nodes` in the spellings of Keras 2 and 3. Knows no layer.

import type { Json } from '../../../shared/project/plainJson.ts';
import { isObject, type KerasObject, listOr, objectOr } from './savedModel.ts';

/** One of a layer's results: by the layer's name, which of its calls, which of that call's tensors. */
export interface Source {
  readonly from: string;
  readonly node: number;
  readonly output: number;
}
export interface InboundCall {
  readonly sources: readonly { readonly source: Source /** The argument's name, where it was given by name. */; readonly argument: string | null }[];
  /** Arguments that are no tensors: `use_causal_mask`. */
  readonly settings: KerasObject;
}

const maximumDepth = 8;

/** A layer's calls, in the order by which others refer to them. */
export const callsIn = (entry: KerasObject): readonly InboundCall[] =>
  listOr(entry.inbound_nodes).map((call) => (Array.isArray(call) ? oldCall(call) : newCall(call)));

const sourceOf = ([from, node, output]: readonly Json[]): Source[] =>
  typeof from === 'string' && typeof node === 'number' && typeof output === 'number' ? [{ from, node, output }] : [];

const positional = (source: Source) => ({ source, argument: null });

/** Keras 2: `[["dense", 0, 0, {}], …]`; further tensors of the call (an initial state) stand in the same form inside the braces. */
function oldCall(call: readonly Json[]): InboundCall {
  const settings = Object.assign({}, ...call.map((one) => (Array.isArray(one) ? objectOr(one[3]) : {}))) as KerasObject;
  return { sources: oldSources(call).map(positional), settings };
}

function oldSources(value: Json, depth = 0): Source[] {
  if (depth > maximumDepth) return [];
  const inside = (list: readonly Json[]) => list.flatMap((one) => oldSources(one, depth + 1));
  if (Array.isArray(value)) return [...sourceOf(value), ...inside(typeof value[0] === 'string' ? value.slice(3) : value)];
  return isObject(value) ? inside(Object.values(value)) : [];
}

/** Keras 3 puts the layer's call there, with tensors wherever they stood in it. */
function newCall(call: Json): InboundCall {
  const { args = null, kwargs = null } = objectOr(call);
  const named = Object.entries(objectOr(kwargs));
  const byName = named.flatMap(([argument, value]) => tensorsIn(value, 0).map((source) => ({ source, argument })));
  const settings = Object.fromEntries(named.filter(([, value]) => value !== null && tensorsIn(value, 0).length === 0));
  return { sources: [...tensorsIn(args, 0).map(positional), ...byName], settings };
}

function tensorsIn(value: Json, depth: number): Source[] {
  if (depth > maximumDepth) return [];
  if (Array.isArray(value)) return value.flatMap((one) => tensorsIn(one, depth + 1));
  if (!isObject(value)) return [];
  if (value.class_name === '__keras_tensor__') return sourceOf(listOr(objectOr(value.config).keras_history));
  return Object.values(value).flatMap((one) => tensorsIn(one, depth + 1));
}

/** `input_layers` and `output_layers`: one tensor, a list, or by name; in Keras' order. */
export function endsIn(value: Json | undefined, depth = 0): readonly Source[] {
  if (value === undefined || depth > maximumDepth) return [];
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .flatMap((key) => endsIn(value[key], depth + 1));
  const own = sourceOf(listOr(value));
  return own.length > 0 ? own : listOr(value).flatMap((one) => endsIn(one, depth + 1));
}
