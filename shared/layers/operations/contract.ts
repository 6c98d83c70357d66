// What an operation on tensors is, for the layer Operation: what it is set by, how it is written into a program, and how Keras spells it.

import { type Fields, integer, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { LayerError, sampleShape } from '../layer.ts';

/** An operation in a Keras file: its class, what it was made with, and what it is called with behind the tensor. */
export interface KerasOperation {
  /** Behind `keras.src.ops.`. */
  readonly module: 'numpy' | 'nn' | 'math' | 'core' | 'image';
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly args?: readonly unknown[];
}

export interface TensorOperation<F extends Fields = Fields> {
  readonly id: string;
  /** Keras' name: `cumsum`. */
  readonly title: string;
  /** One sentence. */
  readonly help: string;
  readonly fields: F;
  /** The first result, and those after it. @throws LayerError where the input does not fit */
  lower(builder: Builder, x: Tensor, parameters: Values<F>): readonly [Tensor, ...Tensor[]];
  /** Names of the results after the first. */
  readonly further?: readonly string[];
  keras(parameters: Values<F>): KerasOperation;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of operations with different parameters
export type AnyOperation = TensorOperation<any>;

export const tensorOperation = <const F extends Fields>(definition: TensorOperation<F>): TensorOperation<F> => definition;

export const axisField = (help = 'Counted from the batch, which is 0; −1 is the last.') => integer({ label: 'Axis', help, min: -8, max: 7, default: -1 });

/** The axis counted from the front. @throws LayerError for the batch, and for one that is not there */
export function axisOf(x: Tensor, axis: number): number {
  const place = axis < 0 ? axis + x.shape.length : axis;
  if (place >= 1 && place < x.shape.length) return place;
  throw new LayerError({
    code: 'axis',
    parameter: 'operation',
    input: 0,
    what: place === 0 ? 'The axis 0 is the batch: samples do not know of each other.' : `There is no axis ${axis} in ${sampleShape(x)}, the batch counted.`,
    repairs: [],
  });
}

/** The tensor with one axis behind all others, and what brings a result of as many axes back. */
export function withLast(builder: Builder, x: Tensor, axis: number): { readonly moved: Tensor; back(y: Tensor): Tensor } {
  const rank = x.shape.length;
  if (axis === rank - 1) return { moved: x, back: (y) => y };
  const swap = x.shape.map((_, i) => (i === axis ? rank - 1 : i === rank - 1 ? axis : i));
  return { moved: builder.transpose(x, { permutation: swap }), back: (y) => builder.transpose(y, { permutation: swap }) };
}

/** Of one axis the places from `begin` on. */
export const sliced = (builder: Builder, x: Tensor, axis: number, begin: number, size: number): Tensor =>
  builder.slice(x, { begin: x.shape.map((_, i) => (i === axis ? begin : 0)), size: x.shape.map((own, i) => (i === axis ? size : own)) });

export const asFloat = (builder: Builder, x: Tensor): Tensor => builder.cast(x, { dtype: 'float32' });
