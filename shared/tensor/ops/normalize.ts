// What softmax and logSoftmax share. No operation itself.

import type { NumericArray } from '../operation.ts';
import type { TensorType } from '../types.ts';
import { aroundAxis, positiveAxis, requireType } from './shapes.ts';

/** A shape rule: float32 in, the same out, the axis must exist. */
export const floatAlongAxis =
  (what: string) =>
  ([x]: readonly [TensorType], { axis }: { axis: number }): TensorType => {
    requireType(x, ['float32'], what);
    positiveAxis(axis, x.shape.length, what);
    return { shape: x.shape, dtype: x.dtype };
  };

/** x - ln Σ eˣ along an axis. */
export function logShares(x: NumericArray, axis: number): Float64Array {
  const { outer, size, inner } = aroundAxis(x.shape, positiveAxis(axis, x.shape.length, 'softmax'));
  const result = new Float64Array(x.data.length);
  for (let line = 0; line < outer * inner; line++) {
    const start = Math.floor(line / inner) * size * inner + (line % inner);
    const values = Array.from({ length: size }, (_, k) => x.data[start + k * inner] as number);
    const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const logSum = Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    values.forEach((value, k) => {
      result[start + k * inner] = value - largest - logSum;
    });
  }
  return result;
}
