// Dividing by the length: what UnitNormalization and Dot share. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

/** Keras' smallest length. */
const epsilon = 1e-12;

/** x / max(√Σ x², 1e−12) along axes. The limit is set under the root, where a length of 0 has a slope. */
export function unitLength(builder: Builder, x: Tensor, axes: readonly number[]): Tensor {
  const squares = builder.reduceSum(builder.square(x), { axes, keepDims: true });
  const length = builder.sqrt(builder.maximum(squares, builder.constant(epsilon * epsilon)));
  return builder.multiply(x, builder.reciprocal(length));
}
