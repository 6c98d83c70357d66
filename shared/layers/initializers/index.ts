// The list of initializers. Adding one is a file, its test and a line here.

import { choice, type Field } from '../../lib/fields.ts';
import { randomKey } from '../../lib/random.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import { glorotNormal } from './glorotNormal.ts';
import { glorotUniform } from './glorotUniform.ts';
import { heNormal } from './heNormal.ts';
import { heUniform } from './heUniform.ts';
import { identity } from './identity.ts';
import type { Initializer } from './initializer.ts';
import { lecunNormal } from './lecunNormal.ts';
import { lecunUniform } from './lecunUniform.ts';
import { ones } from './ones.ts';
import { orthogonal } from './orthogonal.ts';
import { randomNormal } from './randomNormal.ts';
import { randomUniform } from './randomUniform.ts';
import { truncatedNormal } from './truncatedNormal.ts';
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
} as const satisfies Readonly<Record<string, Initializer>>;

export type InitializerId = keyof typeof initializers;
export const initializerIds = Object.keys(initializers) as readonly InitializerId[];

/** Part of a weight of one axis that starts in its own way (the forget gate in an LSTM's bias). */
export interface InitialPart {
  readonly size: number;
  readonly initializer: InitializerId;
}
/** A weight of several axes that starts as if it had others: a projection into heads as one matrix. */
export interface InitialAs {
  readonly as: Shape;
  readonly initializer: InitializerId;
}
/** How a weight starts: by one initializer, as if of another shape, or a list of parts, one after the other. JSON. */
export type Initial = InitializerId | InitialAs | readonly InitialPart[];

/** Those for weights of two axes or more. */
const forMatrices: ReadonlySet<InitializerId> = new Set(['orthogonal', 'identity']);

/** The initializer parameter of a layer. `vector`: for a weight of one axis, where those for matrices make no sense. */
export function initializerField(o: { label: string; default: InitializerId; vector?: boolean }): Field<InitializerId> {
  const ids = initializerIds.filter((id) => !(o.vector && forMatrices.has(id)));
  const choices = ids.map((id) => ({ value: id, label: initializers[id].title, help: initializers[id].help }));
  return choice({ label: o.label, help: 'How the first numbers are drawn, before any training.', level: 'advanced', choices, default: o.default });
}

/** Why a weight of that shape cannot start so, in words; null where it can. */
export function initialMisfit(initial: Initial, shape: Shape): string | null {
  if (initial === 'identity' && shape.length !== 2) return 'The identity initializer is for weights of exactly two axes.';
  return initial === 'orthogonal' && shape.length < 2 ? 'The orthogonal initializer is for weights of at least two axes.' : null;
}

/** The first numbers of a weight: a pure function of how it starts, its shape and a key (see lib/random). */
export function createInitial(initial: Initial, shape: Shape, key: number): Float32Array {
  if (typeof initial === 'string') return initializers[initial].create(shape, key);
  if ('as' in initial) return initializers[initial.initializer].create(initial.as, key);
  const data = new Float32Array(sizeOf(shape));
  let offset = 0;
  initial.forEach(({ size, initializer }, part) => {
    data.set(initializers[initializer].create([size], randomKey(key, part)), offset);
    offset += size;
  });
  return data;
}

/**
 * The initializer in a Keras configuration: an object, or a name in either spelling; undefined where it is unknown or has
 * numbers of its own (another standard deviation) that this app cannot carry. A seed is not carried: ours comes from the run.
 */
export function initializerOfKeras(value: unknown): InitializerId | undefined {
  const { class_name: name, config = {} } =
    typeof value === 'string' ? { class_name: value } : ((value ?? {}) as { class_name?: unknown; config?: Record<string, unknown> });
  const plain = typeof name === 'string' ? name.replaceAll('_', '').toLowerCase() : '';
  const id = initializerIds.find((one) => initializers[one].keras.toLowerCase() === plain);
  if (id === undefined) return undefined;
  const own: Initializer['kerasConfig'] = initializers[id].kerasConfig;
  const carried = Object.entries(config).every(([key, given]) => key === 'seed' || given === null || given === own[key]);
  return carried ? id : undefined;
}
