// The contract of an initializer: how a weight's first numbers are drawn. Keras 3's definitions.

import type { Shape } from '../../tensor/types.ts';

export interface Initializer {
  readonly id: string;
  readonly title: string;
  /** Keras' class name: `GlorotUniform`. */
  readonly keras: string;
  /** Its entries in Keras' files. */
  readonly kerasConfig: Readonly<Record<string, number | null>>;
  readonly help: string;
  /** The first numbers of a weight, a pure function of shape and key (lib/random). */
  create(shape: Shape, key: number): Float32Array;
}

/** Keras' fan in and fan out: for a kernel, all axes but the last two are the receptive field. */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0] as number, fanOut: shape[0] as number };
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: field * (shape.at(-2) as number), fanOut: field * (shape.at(-1) as number) };
}
