// What all element-wise operations on two values share: numpy's broadcasting. No operation itself.

import type { Builder } from '../builder.ts';
import { type NumericArray, ShapeError } from '../operation.ts';
import { type DType, formatShape, type Shape, sameShape, sizeOf, type Tensor, type TensorType } from '../types.ts';

/** The common shape of two, as numpy has it: aligned at the last axis, a size of 1 stretches. @throws ShapeError */
export function broadcastShapes(a: Shape, b: Shape, what: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1, y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new ShapeError(`${what} cannot combine ${formatShape(a)} with ${formatShape(b)}: ${x} and ${y} differ.`);
    return x === 1 ? y : x;
  });
}

/** A shape rule: both shapes broadcast, both types equal (or `result`, for comparisons). */
export const broadcast = (what: string, result?: DType) => ([x, y]: readonly TensorType[]): readonly TensorType[] => {
  if (!x || !y) throw new ShapeError(`${what} needs two inputs.`);
  if (x.dtype !== y.dtype) throw new ShapeError(`${what} cannot combine ${x.dtype} with ${y.dtype}.`);
  return [{ shape: broadcastShapes(x.shape, y.shape, what), dtype: result ?? x.dtype }];
};

/** For each element of `to`, the index of the element of `from` that it is stretched from. */
export function broadcastIndices(from: Shape, to: Shape): Int32Array {
  const indices = new Int32Array(sizeOf(to));
  const offset = to.length - from.length;
  let block = 1, stride = 1;
  for (let axis = to.length - 1; axis >= 0; axis--) {
    const size = to[axis] as number, own = axis < offset ? 1 : (from[axis - offset] as number);
    if (own !== 1) for (let i = 0; i < indices.length; i++) indices[i] = (indices[i] as number) + (Math.floor(i / block) % size) * stride;
    block *= size;
    stride *= own;
  }
  return indices;
}

/** The definition of an element-wise function of two numbers. */
export const broadcastEvaluate = (f: (x: number, y: number) => number) => ([x, y]: readonly NumericArray[], _attributes: unknown, [out]: readonly TensorType[]): readonly NumericArray[] => {
  if (!x || !y || !out) throw new Error('two inputs and one output expected');
  const xi = broadcastIndices(x.shape, out.shape), yi = broadcastIndices(y.shape, out.shape);
  const data = Float64Array.from(xi, (index, i) => f(x.data[index] as number, y.data[yi[i] as number] as number));
  return [{ shape: out.shape, data }];
};

/** The gradient of broadcasting: adds up over the axes that were stretched. */
export function sumToShape(builder: Builder, gradient: Tensor | null | undefined, input: Tensor | undefined): Tensor | null {
  if (!gradient || !input) return null;
  if (sameShape(gradient.shape, input.shape)) return gradient;
  const offset = gradient.shape.length - input.shape.length;
  const axes = gradient.shape.flatMap((size, axis) => (axis < offset || (input.shape[axis - offset] === 1 && size !== 1) ? [axis] : []));
  const summed = builder.reduceSum(gradient, { axes, keepDims: true });
  return sameShape(summed.shape, input.shape) ? summed : builder.reshape(summed, { shape: [...input.shape] });
}
