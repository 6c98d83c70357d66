// The list of initializers. Adding one is a file, its test and a line here.

import { defaults, type Field, type Fields, type Nested, nestedOfShort, schemaOf, type Short, shortNested, shortOf } from '../../lib/fields.ts';
import { randomKey } from '../../lib/random.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import { constant } from './constant.ts';
import { glorotNormal } from './glorotNormal.ts';
import { glorotUniform } from './glorotUniform.ts';
import { heNormal } from './heNormal.ts';
import { heUniform } from './heUniform.ts';
import { identity } from './identity.ts';
import type { AnyInitializer } from './initializer.ts';
import { lecunNormal } from './lecunNormal.ts';
import { lecunUniform } from './lecunUniform.ts';
import { ones } from './ones.ts';
import { orthogonal } from './orthogonal.ts';
import { randomNormal } from './randomNormal.ts';
import { randomUniform } from './randomUniform.ts';
import { stft } from './stft.ts';
import { truncatedNormal } from './truncatedNormal.ts';
import { varianceScaling } from './varianceScaling.ts';
import { zeros } from './zeros.ts';

export const initializers = {
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  randomNormal,
  randomUniform,
  truncatedNormal,
  orthogonal,
  identity,
  zeros,
  ones,
  constant,
  varianceScaling,
  stft,
} as const satisfies Readonly<Record<string, AnyInitializer>>;

export type InitializerId = keyof typeof initializers;
export const initializerIds = Object.keys(initializers) as readonly InitializerId[];

/** An initializer by its id, or with numbers of its own. */
export type InitializerValue = InitializerId | Nested;

/** Part of a weight of one axis that starts in its own way (the forget gate in an LSTM's bias). */
export interface InitialPart {
  readonly size: number;
  readonly initializer: InitializerValue;
}
/** A weight of several axes that starts as if it had others: a projection into heads as one matrix. */
export interface InitialAs {
  readonly as: Shape;
  readonly initializer: InitializerValue;
}
/** How a weight starts: by one initializer, as if of another shape, or a list of parts, one after the other. JSON. */
export type Initial = InitializerValue | InitialAs | readonly InitialPart[];

/** Those for weights of two axes or more. */
const forMatrices: ReadonlySet<InitializerId> = new Set(['orthogonal', 'identity', 'stft']);

const known = (id: string): AnyInitializer => initializers[id as InitializerId];
const fieldsOf = (id: string): Fields => known(id).fields ?? {};

/** The initializer parameter of a layer. `vector`: for a weight of one axis, where those for matrices make no sense. */
export function initializerField(o: { label: string; default: InitializerId; vector?: boolean }): Field<InitializerValue> {
  const ids = initializerIds.filter((id) => !(o.vector && forMatrices.has(id)));
  const choices = ids.map((id) => ({ value: id, label: initializers[id].title, help: initializers[id].help }));
  const help = 'How the first numbers are drawn, before any training.';
  return shortNested({ label: o.label, help, level: 'advanced', choices, fieldsOf, default: o.default });
}

const isValue = (initial: Initial): initial is InitializerValue => typeof initial === 'string' || 'kind' in initial;

/** Why a weight of that shape cannot start so, in words; null where it can. */
export const initialMisfit = (initial: Initial, shape: Shape): string | null =>
  isValue(initial) ? (known(nestedOfShort(initial).kind).misfit?.(shape) ?? null) : null;

function create(value: InitializerValue, shape: Shape, key: number): Float32Array {
  const { kind, parameters } = nestedOfShort(value);
  return known(kind).create(shape, key, schemaOf(fieldsOf(kind)).parse(parameters));
}

/** The first numbers of a weight: a pure function of how it starts, its shape and a key (see lib/random). */
export function createInitial(initial: Initial, shape: Shape, key: number): Float32Array {
  if (isValue(initial)) return create(initial, shape, key);
  if ('as' in initial) return create(initial.initializer, initial.as, key);
  const data = new Float32Array(sizeOf(shape));
  let offset = 0;
  initial.forEach(({ size, initializer }, part) => {
    data.set(create(initializer, [size], randomKey(key, part)), offset);
    offset += size;
  });
  return data;
}

/** Keras' object for an initializer. */
export function initializerToKeras(value: InitializerValue): Readonly<Record<string, unknown>> {
  const { kind, parameters } = nestedOfShort(value);
  const { keras, kerasConfig } = known(kind);
  const own = Object.entries({ ...defaults(fieldsOf(kind)), ...parameters }).map(([name, given]) => [name, given === 'none' ? null : given]);
  return { module: 'keras.initializers', class_name: keras, config: { ...kerasConfig, ...Object.fromEntries(own) }, registered_name: null };
}

/**
 * The initializer in a Keras configuration: an object, or a name in either spelling; undefined where it is unknown or has
 * settings that this app cannot carry. A seed is not carried: ours comes from the run.
 */
export function initializerOfKeras(value: unknown): Short | undefined {
  const { class_name: name, config = {} } =
    typeof value === 'string' ? { class_name: value } : ((value ?? {}) as { class_name?: unknown; config?: Record<string, unknown> });
  const kind = typeof name === 'string' ? idNamed(name) : undefined;
  if (kind === undefined) return undefined;
  const fields = fieldsOf(kind);
  const isCarried = Object.entries(config).every(([key, given]) => key in fields || key === 'seed' || given === null);
  const own = Object.entries(fields).map(([key, field]) => [key, !(key in config) ? field.default : (config[key] ?? 'none')] as const);
  if (!isCarried || own.some(([key, given]) => !fields[key]?.schema.safeParse(given).success)) return undefined;
  return shortOf({ kind, parameters: Object.fromEntries(own.filter(([key, given]) => given !== fields[key]?.default)) });
}

/** Names that Keras knows besides: of the functions, and those of before. */
const aliases: Readonly<Record<string, InitializerId>> = {
  uniform: 'randomUniform',
  normal: 'randomNormal',
  orthogonalinitializer: 'orthogonal',
  identityinitializer: 'identity',
  stftinitializer: 'stft',
  zero: 'zeros',
  one: 'ones',
};

function idNamed(name: string): InitializerId | undefined {
  const plain = name.replaceAll('_', '').toLowerCase();
  return initializerIds.find((id) => initializers[id].keras.toLowerCase() === plain) ?? (Object.hasOwn(aliases, plain) ? aliases[plain] : undefined);
}
