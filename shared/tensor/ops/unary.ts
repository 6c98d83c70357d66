// What all element-wise operations on one value, and their gradients, share. No operation itself.

import { type NumericArray, ShapeError } from '../operation.ts';
import { formatShape, sameShape, type TensorType } from '../types.ts';
import { requireType } from './shapes.ts';

/** A shape rule: float32 in, the same out. */
export const sameFloat =
  (what: string) =>
  ([x]: readonly [TensorType]): TensorType => {
    requireType(x, ['float32'], what);
    return { shape: x.shape, dtype: x.dtype };
  };

/** A shape rule: two of the same shape, float32; nothing broadcasts. */
export const sameFloatPair =
  (what: string) =>
  ([y, g]: readonly [TensorType, TensorType]): TensorType => {
    requireType(y, ['float32'], what);
    requireType(g, ['float32'], what);
    if (!sameShape(y.shape, g.shape)) throw new ShapeError(`${what} needs two equal shapes, but gets ${formatShape(y.shape)} and ${formatShape(g.shape)}.`);
    return { shape: y.shape, dtype: y.dtype };
  };

/** The definition of a function of one number. */
export const mapped =
  (f: (x: number) => number) =>
  ([x]: readonly [NumericArray]): Float64Array =>
    x.data.map((value) => f(value));
