// What a Keras file says of a loss or a metric: its name, whatever form that has, and what it is given beside it.

import type { Fields } from '../../../shared/lib/fields.ts';
import type { Json } from '../../../shared/project/plainJson.ts';
import type { Notes } from '../notes.ts';
import { kerasName } from './floats.ts';
import { isObject, type KerasObject, objectOr } from './savedModel.ts';

export type GivenParameters = Record<string, number | boolean | string | null>;

/** `keras.losses.mean_squared_error`, `MeanSquaredError`, `mse`: all as `meansquarederror`. */
export const plain = (name: string): string =>
  name
    .replace(/^.*[.>]/, '')
    .replaceAll('_', '')
    .toLowerCase();
const shortNames: Readonly<Record<string, string>> = {
  mse: 'meansquarederror',
  mae: 'meanabsoluteerror',
  mape: 'meanabsolutepercentageerror',
  msle: 'meansquaredlogarithmicerror',
  kld: 'kldivergence',
  acc: 'accuracy',
};
export const wordOf = (name: string): string => shortNames[plain(name)] ?? plain(name);

/** A name stands by itself, or as an object of a class or a function. */
export function namedIn(value: Json): { readonly name: string; readonly config: KerasObject } | null {
  if (typeof value === 'string') return { name: value, config: {} };
  if (!isObject(value)) return null;
  const name = value.class_name === 'function' ? value.config : value.class_name;
  return typeof name === 'string' ? { name, config: objectOr(value.config) } : null;
}

/** Entries that say nothing of what is computed while they have these values, or whatever they are. */
const idleEntries: Readonly<Record<string, readonly Json[] | null>> = {
  ...{ name: null, dtype: null, fn: null, num_labels: null },
  ...{ class_aggregation: ['uniform_average'], num_regressors: [0] },
  ...{ axis: [-1], from_logits: [false], label_smoothing: [0] },
};

/** 0.0010000000474974513 is what float32 makes of 0.001. */
export const tidy = (value: number): number =>
  Math.abs(Number(value.toPrecision(6)) - value) <= 2e-7 * Math.abs(value) ? Number(value.toPrecision(6)) : value;

/** Numbers may stand as a tensor, and one of them as a list. */
function stored(value: Json, field: Fields[string] | undefined): Json {
  if (isObject(value) && (value.class_name === '__tensor__' || value.class_name === '__numpy__')) return stored(objectOr(value.config).value ?? null, field);
  if (typeof value === 'number') return tidy(value);
  if (!Array.isArray(value)) return value;
  if (field?.kind === 'text') return value.map((one) => stored(one, undefined)).join(', ');
  return field?.kind === 'optionalNumber' && value.length === 1 ? stored(value[0] ?? null, field) : value;
}

/** What a loss or a metric is given beside its name; what cannot be carried is told with what stands in its place. */
export function parametersOf({ title, fields }: { readonly title: string; readonly fields: Fields }, config: KerasObject, notes: Notes): GivenParameters {
  const parameters: GivenParameters = {};
  const entries = new Map(Object.entries(fields).map(([key, field]) => [kerasName(key, field), [key, field] as const]));
  for (const [entry, value] of Object.entries(config)) {
    const [key, field] = entries.get(entry) ?? [];
    const given = stored(value, field);
    if (given === null || given === field?.default) continue;
    if (key !== undefined && field?.schema.safeParse(given).success) parameters[key] = given as number | boolean | string;
    else if (field || !isIdle(entry, given)) notes.add(leftOut(title, entry, typeof given === 'object' ? JSON.stringify(given) : String(given), field));
  }
  return parameters;
}

const leftOut = (title: string, entry: string, value: string, field: Fields[string] | undefined): string =>
  field ? `${title}: ${entry} ${value} left out; in its place is ${String(field.default)}.` : `${title}: ${entry} ${value} left out.`;

function isIdle(entry: string, value: Json): boolean {
  const idle = Object.hasOwn(idleEntries, entry) ? idleEntries[entry] : [];
  return idle === null || (idle?.includes(value) ?? false);
}
