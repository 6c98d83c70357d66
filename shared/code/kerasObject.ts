// Objects of Keras as Python: a class of Keras with its configuration becomes the call of its constructor, with what differs from Keras'
// defaults and nothing else. What constructors take is read from constructors.json, which Keras itself wrote.

import constructors from './constructors.json' with { type: 'json' };
import { python } from './python.ts';

type Arguments = Readonly<Record<string, readonly unknown[]>>;
const known: Readonly<Record<string, Readonly<Record<string, Arguments>>>> = constructors;

export type KerasModule = keyof typeof constructors;
type Config = Readonly<Record<string, unknown>>;

/** The constructor's arguments by name: an empty list for one that must be given, else its default. */
const argumentsOf = (module: string, className: string): Arguments | undefined => known[module]?.[className];

interface KerasObject {
  readonly module: string;
  readonly class_name: string;
  readonly config: Config;
}
const isObject = (value: unknown): value is KerasObject => typeof value === 'object' && value !== null && 'class_name' in value && 'config' in value;
const letters = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The class whose name in files is so: `mean_squared_error` gives `MeanSquaredError`; null for a function or a short name. */
export const classNamed = (module: KerasModule, name: string): string | null =>
  Object.keys(known[module] ?? {}).find((one) => letters(one) === letters(name)) ?? null;

/** Names that stand for a default in Keras and would be written out here. */
const ALIASES: Readonly<Record<string, string>> = { uniform: 'randomuniform', normal: 'randomnormal' };

/** Whether a value says what the default says: `linear` and None, `glorot_uniform` and its object, [2, 2] and 2. */
function isDefault(value: unknown, usual: unknown): boolean {
  if (value === null || value === undefined || value === 'linear') return usual === null || usual === value;
  if (isObject(value)) {
    const isSame = typeof usual === 'string' && letters(value.class_name) === (ALIASES[letters(usual)] ?? letters(usual));
    return isSame && argumentsFor(value.module, value.class_name, value.config).length === 0;
  }
  if (Array.isArray(value) && !Array.isArray(usual)) return value.length > 0 && value.every((one) => isDefault(one, usual));
  return JSON.stringify(value) === JSON.stringify(usual);
}

/** Entries that hold for every layer of this app and that Keras takes for granted. */
const isUsual = (name: string, value: unknown): boolean => (name === 'data_format' && value === 'channels_last') || (name === 'seed' && value === null);

/** A configuration may hold what the constructor takes by way of its base class; at false or None it says nothing. */
const isSilent = (value: unknown): boolean => value === false || value === null || value === undefined;

function kerasValue(value: unknown, float: boolean): string {
  return isObject(value) ? kerasCall(value.module, value.class_name, value.config) : python(value, float);
}

/** `units=10`, `activation="relu"`, … for what differs from the defaults. */
export function argumentsFor(module: string, className: string, config: Config, floats: ReadonlySet<string> = new Set()): string[] {
  const takes = argumentsOf(module, className);
  return Object.entries(config).flatMap(([name, value]) => {
    const usual = takes?.[name];
    const isLeftOut = isUsual(name, value) || (usual === undefined ? isSilent(value) || name === 'name' : usual.length > 0 && isDefault(value, usual[0]));
    return isLeftOut ? [] : [`${name}=${kerasValue(value, floats.has(name))}`];
  });
}

/** `keras.layers.Dense(units=10)`. */
export const kerasCall = (module: string, className: string, config: Config, floats?: ReadonlySet<string>): string =>
  `${module}.${className}(${argumentsFor(module, className, config, floats).join(', ')})`;
