// What one operation is. Each lives in a file of ops/ and is listed once in ops/index.ts.

import type { Builder } from './builder.ts';
import type { Attributes, Shape, Tensor, TensorType } from './types.ts';

/** Thrown by a shape rule; the message names the sizes that do not fit. Callers pin it to a node. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Numbers of the reference interpreter: float64 for every type, row-major, booleans as 0 and 1. */
export interface NumericArray {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** The tuple I with T in every place. */
export type Each<I extends readonly unknown[], T> = { readonly [K in keyof I]: T };
/** The derivative by each input; null where there is none or nobody wants it. */
export type Gradients = readonly (Tensor | null)[];

export interface GradientContext<I extends readonly Tensor[] = readonly Tensor[], A extends Attributes = Attributes> {
  readonly builder: Builder;
  readonly inputs: I;
  readonly outputs: readonly Tensor[];
  /** The loss's derivative by each output; null where nothing depends on that output. */
  readonly outputGradients: Gradients;
  readonly attributes: Required<A>;
  /** Whether anything asks for the derivative by input i: rules skip costly ones nobody wants. */
  wanted(input: number): boolean;
}

/** I: the inputs' tuple. A: the attributes as a caller gives them; optional ones have an entry in `defaults`. */
export interface Operation<I extends readonly Tensor[] = readonly Tensor[], A extends Attributes = Attributes> {
  readonly name: string;
  /** One line with the formula. */
  readonly summary: string;
  /** Attributes left out by the caller take these. */
  readonly defaults?: Partial<A>;
  /** Output types from input types. @throws ShapeError */
  infer(inputs: Each<I, TensorType>, attributes: Required<A>): readonly TensorType[];
  /** The derivative by each input (null: none), written as further instructions; `none` for operations without one (comparisons, integer results). */
  readonly gradient: ((context: GradientContext<I, A>) => Gradients) | 'none';
  /** The definition, in float64. Composite operations leave it out: their expansion is the definition. */
  readonly evaluate?: (inputs: Each<I, NumericArray>, attributes: Required<A>, outputs: readonly TensorType[]) => readonly NumericArray[];
  /** The operation written in simpler ones, for engines that have no kernel of their own for it. */
  readonly expand?: (builder: Builder, inputs: I, attributes: Required<A>) => readonly Tensor[];
  /** A composite that is one instruction until an engine asks for its expansion (expand.ts): one that has its derivative in one piece, or is one. */
  readonly whole?: true;
  /** Multiplications with addition in one evaluation; left out: none worth counting. */
  readonly multiplyAdds?: (inputs: Each<I, TensorType>, attributes: Required<A>, outputs: readonly TensorType[]) => number;
  /** Carry the types of the inputs and of the attributes as called; never set. */
  readonly inputTuple?: I;
  readonly callAttributes?: A;
}

/** An operation whose only definition is its expansion; builders expand it at once unless told that it is native. */
export const isComposite = ({ expand, evaluate, whole }: Operation): boolean => expand !== undefined && evaluate === undefined && !whole;

/** The shorter form for one output: `output` is the result, `gradient` the loss's derivative by it. */
export interface OneOutput<I extends readonly Tensor[], A extends Attributes> {
  readonly name: string;
  readonly summary: string;
  readonly defaults?: Partial<A>;
  infer(inputs: Each<I, TensorType>, attributes: Required<A>): TensorType;
  readonly gradient: ((context: GradientContext<I, A> & { readonly output: Tensor; readonly gradient: Tensor }) => Gradients) | 'none';
  /** The elements of the result, row-major. */
  readonly evaluate: (inputs: Each<I, NumericArray>, attributes: Required<A>, output: TensorType) => Float64Array;
  readonly expand?: (builder: Builder, inputs: I, attributes: Required<A>) => Tensor;
  readonly multiplyAdds?: (inputs: Each<I, TensorType>, attributes: Required<A>, output: TensorType) => number;
}

/** Declares an operation with one output; the generics give the builder's method its signature. */
export function operation<I extends readonly Tensor[], A extends Attributes = Record<never, never>>(
  one: OneOutput<I, A>,
): Operation<I, A> & { readonly many: false } {
  const { name, summary, defaults, gradient, expand, multiplyAdds } = one;
  return {
    name,
    summary,
    defaults,
    many: false,
    infer: (inputs, attributes) => [one.infer(inputs, attributes)],
    gradient: gradient === 'none' ? 'none' : (context) => gradient({ ...context, output: only(context.outputs), gradient: only(context.outputGradients) }),
    evaluate: (inputs, attributes, outputs) => [{ shape: only(outputs).shape, data: one.evaluate(inputs, attributes, only(outputs)) }],
    expand: expand && ((builder, inputs, attributes) => [expand(builder, inputs, attributes)]),
    multiplyAdds: multiplyAdds && ((inputs, attributes, outputs) => multiplyAdds(inputs, attributes, only(outputs))),
  };
}

/** The same for an operation with several outputs: its builder method returns a list. */
export function operationWithManyOutputs<I extends readonly Tensor[], A extends Attributes = Record<never, never>>(
  definition: Operation<I, A>,
): Operation<I, A> & { readonly many: true } {
  return { ...definition, many: true };
}

function only<T>(list: readonly (T | null)[]): T {
  const [first] = list;
  if (first === null || first === undefined) throw new Error('An operation with one output was asked without it.');
  return first;
}
