// What all element-wise operations on two values share: numpy's broadcasting. No operation itself.

import type { Builder } from '../builder.ts';
import { type NumericArray, ShapeError } from '../operation.ts';
import { type DType, formatShape, type Shape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { requireType, stridedIndices, stridesOf } from './shapes.ts';

/** The common shape of two, as numpy has it: aligned at the last axis, a size of 1 stretches. @throws ShapeError */
export function broadcastShapes(a: Shape, b: Shape, what: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1,
      y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new ShapeError(`${what} cannot combine ${formatShape(a)} with ${formatShape(b)}: ${x} and ${y} differ.`);
    return x === 1 ? y : x;
  });
}

/** A shape rule: both shapes broadcast, both types equal and one of `allowed`; the result has the same type or `result`. */
const broadcast =
  (what: string, allowed: readonly DType[], result?: DType) =>
  ([x, y]: readonly [TensorType, TensorType]): TensorType => {
    if (x.dtype !== y.dtype) throw new ShapeError(`${what} cannot combine ${x.dtype} with ${y.dtype}: cast one of them.`);
    requireType(x, allowed, what);
    return { shape: broadcastShapes(x.shape, y.shape, what), dtype: result ?? x.dtype };
  };
/** The rules of arithmetic, of comparison (a bool result) and of logic. */
export const arithmetic = (what: string) => broadcast(what, ['float32', 'int32']);
export const floatArithmetic = (what: string) => broadcast(what, ['float32']);
export const comparison = (what: string) => broadcast(what, ['float32', 'int32'], 'bool');
export const logic = (what: string) => broadcast(what, ['bool']);

/** For each element of `to`, the index of the element of `from` that it is stretched from. */
export function broadcastIndices(from: Shape, to: Shape): Int32Array {
  const own = stridesOf(from),
    offset = to.length - from.length;
  return stridedIndices(
    to,
    to.map((_, axis) => (axis < offset || from[axis - offset] === 1 ? 0 : (own[axis - offset] as number))),
  );
}

/** The definition of an element-wise function of two numbers. */
export const elementwise =
  (f: (x: number, y: number) => number) =>
  ([x, y]: readonly [NumericArray, NumericArray], _attributes: unknown, output: TensorType): Float64Array => {
    const xi = broadcastIndices(x.shape, output.shape),
      yi = broadcastIndices(y.shape, output.shape);
    return Float64Array.from(xi, (index, i) => f(x.data[index] as number, y.data[yi[i] as number] as number));
  };

/** The gradient of broadcasting: adds up over the axes that were stretched. */
export function sumToShape(builder: Builder, gradient: Tensor, input: TensorType): Tensor {
  if (sameShape(gradient.shape, input.shape)) return gradient;
  const offset = gradient.shape.length - input.shape.length;
  const axes = gradient.shape.flatMap((size, axis) => (axis < offset || (input.shape[axis - offset] === 1 && size !== 1) ? [axis] : []));
  const summed = builder.reduceSum(gradient, { axes, keepDims: true });
  return sameShape(summed.shape, input.shape) ? summed : builder.reshape(summed, { shape: [...input.shape] });
}

/** The derivative by input i of a binary operation: written only where wanted, then added up to the input's shape. */
export function by(
  context: { readonly builder: Builder; readonly inputs: readonly Tensor[]; wanted(input: number): boolean },
  input: number,
  write: () => Tensor,
): Tensor | null {
  return context.wanted(input) ? sumToShape(context.builder, write(), context.inputs[input] as Tensor) : null;
}
