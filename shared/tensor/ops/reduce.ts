// What all operations that shrink axes share. No operation itself.

import type { Builder } from '../builder.ts';
import type { NumericArray } from '../operation.ts';
import { type DType, type Shape, sameShape, type Tensor, type TensorType } from '../types.ts';
import { broadcastIndices } from './broadcast.ts';
import { positiveAxis, requireType } from './shapes.ts';

export type ReduceAttributes = { axes: readonly number[]; keepDims?: boolean };

/** The shape with the reduced axes kept at size 1. @throws ShapeError */
function keptShape(shape: Shape, axes: readonly number[], what: string): number[] {
  const reduced = new Set(axes.map((axis) => positiveAxis(axis, shape.length, what)));
  return shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
}

/** A shape rule: the axes go, or stay with size 1. */
export const reduced =
  (what: string, allowed: readonly DType[]) =>
  ([x]: readonly [TensorType], { axes, keepDims }: Required<ReduceAttributes>): TensorType => {
    requireType(x, allowed, what);
    const kept = keptShape(x.shape, axes, what);
    const gone = new Set(axes.map((axis) => positiveAxis(axis, x.shape.length, what)));
    return { shape: keepDims ? kept : kept.filter((_, axis) => !gone.has(axis)), dtype: x.dtype };
  };

/** A reduced value back at the rank it came from, so that it broadcasts against it. */
export function atKeptShape(builder: Builder, value: Tensor, input: Tensor, axes: readonly number[]): Tensor {
  const shape = keptShape(input.shape, axes, 'reduce');
  return sameShape(value.shape, shape) ? value : builder.reshape(value, { shape });
}

/** Folds every element into the one it is reduced to. */
export function fold(x: NumericArray, axes: readonly number[], start: number, combine: (sum: number, next: number) => number): Float64Array {
  const shape = keptShape(x.shape, axes, 'reduce');
  const result = new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(start);
  const target = broadcastIndices(shape, x.shape);
  x.data.forEach((value, i) => {
    const at = target[i] as number;
    result[at] = combine(result[at] as number, value);
  });
  return result;
}

/** The gradient of a maximum or minimum over axes: equal extremes share it. */
export function extremeGradient(builder: Builder, x: Tensor, output: Tensor, gradient: Tensor, axes: readonly number[]): Tensor {
  const hits = builder.cast(builder.equal(x, atKeptShape(builder, output, x, axes)), { dtype: 'float32' });
  const share = builder.divide(atKeptShape(builder, gradient, x, axes), builder.reduceSum(hits, { axes, keepDims: true }));
  return builder.multiply(hits, share);
}
