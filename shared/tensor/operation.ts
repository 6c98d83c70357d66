// What one operation is. Each lives in a file of ops/ and is listed once in ops/index.ts.

import type { Builder } from './builder.ts';
import type { Attributes, Shape, Tensor, TensorType } from './types.ts';

/** Thrown by a shape rule; the message names the sizes that do not fit. Callers pin it to a node. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Numbers of the reference interpreter: float64 for every type, row-major, booleans as 0 and 1. */
export interface NumericArray { readonly shape: Shape; readonly data: Float64Array }

export interface GradientContext<A extends Attributes> {
  readonly builder: Builder;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** The loss's derivative by each output; null where nothing depends on that output. */
  readonly outputGradients: readonly (Tensor | null)[];
  readonly attributes: A;
  /** Whether anything asks for the derivative by input i: rules skip costly ones nobody wants. */
  wanted(input: number): boolean;
}

export interface Operation<I extends readonly Tensor[] = readonly Tensor[], A extends Attributes = Attributes> {
  readonly name: string;
  /** One line with the formula. */
  readonly summary: string;
  /** Attributes left out by the caller take these. */
  readonly defaults?: Partial<A>;
  /** Output types from input types. @throws ShapeError */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  /** The derivative by each input (null: none), written as further instructions; `none` for operations without one (comparisons, integer results). */
  readonly gradient: ((context: GradientContext<A>) => readonly (Tensor | null)[]) | 'none';
  /** The definition, in float64. Composite operations leave it out: their expansion is the definition. */
  readonly evaluate?: (inputs: readonly NumericArray[], attributes: A, outputs: readonly TensorType[]) => readonly NumericArray[];
  /** A composite operation written in simpler ones, for engines that have no kernel of their own for it. */
  readonly expand?: (builder: Builder, inputs: readonly Tensor[], attributes: A) => readonly Tensor[];
  /** Multiplications with addition in one evaluation; left out: none worth counting. */
  readonly multiplyAdds?: (inputs: readonly TensorType[], attributes: A, outputs: readonly TensorType[]) => number;
  /** Carries the input tuple's type; never set. */
  readonly inputTuple?: I;
}

/** Declares an operation with one output; the generics give the builder's method its signature. */
export function operation<I extends readonly Tensor[], A extends Attributes = Record<never, never>>(definition: Operation<I, A>): Operation<I, A> & { readonly many: false } {
  return { ...definition, many: false };
}

/** The same for an operation with several outputs: its builder method returns a list. */
export function operationWithManyOutputs<I extends readonly Tensor[], A extends Attributes = Record<never, never>>(definition: Operation<I, A>): Operation<I, A> & { readonly many: true } {
  return { ...definition, many: true };
}
