// The contract of an initializer: how a weight's first numbers are drawn. Keras 3's definitions.

import type { Fields, Values } from '../../lib/fields.ts';
import type { Shape } from '../../tensor/types.ts';

export interface Initializer<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** Keras' class name: `GlorotUniform`. */
  readonly keras: string;
  /** Its entries in Keras' files beside its fields; there a choice of `none` is null. */
  readonly kerasConfig: Readonly<Record<string, null>>;
  readonly help: string;
  /** Left out: it has no numbers of its own. */
  readonly fields?: F;
  /** Why a weight of that shape cannot start so, in words; null where it can. Left out: any can. */
  misfit?(shape: Shape): string | null;
  /** The first numbers of a weight, a pure function of shape, key (lib/random) and parameters. */
  create(shape: Shape, key: number, parameters: Values<F>): Float32Array;
}
// biome-ignore lint/suspicious/noExplicitAny: a list of initializers with different parameters
export type AnyInitializer = Initializer<any>;

/** Declares an initializer with numbers of its own; the generic gives `create` their types. */
export const initializer = <const F extends Fields>(definition: Initializer<F>): Initializer<F> => definition;

/** Keras' fan in and fan out: for a kernel, all axes but the last two are the receptive field. */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0] as number, fanOut: shape[0] as number };
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: field * (shape.at(-2) as number), fanOut: field * (shape.at(-1) as number) };
}
