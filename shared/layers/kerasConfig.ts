// A layer's parameters as Keras 3 writes them into its configuration files, and back. Names, dtypes and weights are not its business.

import { defaults, type Field, type Fields } from '../lib/fields.ts';
import { activations, activationKeras, activationOfKeras, type ActivationId } from './activations/index.ts';
import { initializerOfKeras, initializers, initializerToKeras, type InitializerValue } from './initializers/index.ts';
import type { AnyLayer, KerasMapping } from './layer.ts';
import { snakeCase } from './snakeCase.ts';

export type KerasConfig = Readonly<Record<string, unknown>>;

export interface ReadConfig {
  readonly parameters: Record<string, unknown>;
  /** Entries that mean something in Keras and that this app cannot carry: `kernel_regularizer`, `return_state`. */
  readonly unsupported: readonly string[];
}

/** The name of a parameter in Keras' files. */
const kerasName = (key: string, field: Field<unknown>): string => field.keras ?? snakeCase(key);

/** @throws Error for a layer that has no place in Keras' files: callers ask first */
function mappingOf(layer: AnyLayer): KerasMapping {
  if (!layer.keras) throw new Error(`Keras has no layer ${layer.title}.`);
  return layer.keras;
}

/** A layer's entries in a Keras configuration, without `name`, `dtype` and `trainable`. Undefined ones are left out. */
export function toKerasConfig(layer: AnyLayer, parameters: Readonly<Record<string, unknown>>): KerasConfig {
  const { extra, toConfig } = mappingOf(layer);
  const plain = Object.entries(fieldsOf(layer)).map(([key, field]) => [kerasName(key, field), valueToKeras(field, parameters[key])]);
  const config: KerasConfig = { ...Object.fromEntries(plain), ...extra, ...toConfig?.(parameters) };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** The activation functions among the parameters that Keras has no name for, as on screen: with them the layer cannot stand in its files. */
export function activationsWithoutKeras(layer: AnyLayer, parameters: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(fieldsOf(layer)).flatMap(([key, field]) => {
    const id = parameters[key] as ActivationId;
    return isChoiceAmong(field, activations) && activationKeras(id) === null ? [activations[id].title] : [];
  });
}

/** The parameters in a Keras configuration; missing ones take their default. */
export function fromKerasConfig(layer: AnyLayer, config: KerasConfig): ReadConfig {
  const { extra, fromConfig, toConfig, meaningless = [] } = mappingOf(layer);
  const own = Object.keys(toConfig?.(defaults(fieldsOf(layer))) ?? {});
  const plain = readFields(layer, config, new Set(fromConfig ? own : []));
  const known = new Set([...namesOf(layer), ...own, ...ownedByFile, ...meaningless]);
  const strange = Object.entries(config).filter(([name, value]) => !known.has(name) && value !== null && !same(value, extra?.[name]));
  const special = fromConfig ? validated(layer, fromConfig(config)) : {};
  const refused = special ? [] : own.filter((name) => name in config);
  return { parameters: { ...plain.parameters, ...special }, unsupported: [...plain.unsupported, ...strange.map(([name]) => name), ...refused] };
}

/** What stands one to one in the configuration, without the names that the layer reads itself. */
function readFields(layer: AnyLayer, config: KerasConfig, without: ReadonlySet<string>): ReadConfig {
  const parameters: Record<string, unknown> = defaults(fieldsOf(layer));
  const unsupported: string[] = [];
  for (const [key, field] of Object.entries(fieldsOf(layer))) {
    const name = kerasName(key, field);
    if (!(name in config) || without.has(name)) continue;
    const value = valueFromKeras(field, config[name]);
    if (value !== undefined && field.schema.safeParse(value).success) parameters[key] = value;
    else unsupported.push(name);
  }
  return { parameters, unsupported };
}

/** What a layer read itself, if its fields accept it. */
function validated(layer: AnyLayer, read: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> | null {
  const fits = read && Object.entries(read).every(([key, value]) => fieldsOf(layer)[key]?.schema.safeParse(value).success);
  return fits ? read : null;
}

const namesOf = (layer: AnyLayer): readonly string[] => Object.entries(fieldsOf(layer)).map(([key, field]) => kerasName(key, field));

/** Entries that belong to whoever writes the file. */
const ownedByFile = ['name', 'dtype', 'trainable'];
const fieldsOf = (layer: AnyLayer): Fields => layer.fields;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isChoiceAmong = (field: Field<unknown>, list: object): boolean =>
  (field.kind === 'choice' || field.kind === 'nested') && field.choices.every(({ value }) => Object.hasOwn(list, value));

function valueToKeras(field: Field<unknown>, value: unknown): unknown {
  if (isChoiceAmong(field, activations)) return activationKeras(value as ActivationId);
  return isChoiceAmong(field, initializers) ? initializerToKeras(value as InitializerValue) : value;
}

/** Undefined for a value this app cannot carry. */
function valueFromKeras(field: Field<unknown>, value: unknown): unknown {
  if (isChoiceAmong(field, activations)) return activationIdOf(value);
  if (isChoiceAmong(field, initializers)) return initializerOfKeras(value);
  if (field.kind === 'integer' || field.kind === 'optionalInteger') return Array.isArray(value) && value.length === 1 ? value[0] : value;
  if ((field.kind === 'pair' || field.kind === 'optionalPair') && typeof value === 'number') return [value, value];
  if (field.kind === 'shape' && field.length !== undefined && typeof value === 'number') return new Array<number>(field.length).fill(value);
  return value;
}

/** Keras writes no activation as null or as its name. */
const activationIdOf = (value: unknown): ActivationId | undefined =>
  value === null ? 'linear' : typeof value === 'string' ? activationOfKeras(value) : undefined;
