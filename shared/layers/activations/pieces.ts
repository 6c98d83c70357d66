// What several activation functions are made of. Written with ReLU, which engines run fast in both directions, and so that the slope at
// each kink is the one TensorFlow takes. No activation itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

/** The constants of SELU that keep mean 0 and variance 1 (Klambauer et al., 2017). */
export const seluAlpha = 1.6732632423543772;
export const seluScale = 1.0507009873554805;

/** min(max(0, x), top), with slope 0 at both ends. */
export function cutBetween(builder: Builder, x: Tensor, top: number): Tensor {
  const end = builder.constant(top);
  return builder.subtract(end, builder.relu(builder.subtract(end, builder.relu(x))));
}

/** x above 0, slope · x from 0 down. */
export function leak(builder: Builder, x: Tensor, slope: number): Tensor {
  if (slope === 0) return builder.relu(x);
  return builder.add(builder.multiply(x, builder.constant(slope)), builder.multiply(builder.relu(x), builder.constant(1 - slope)));
}

/** x above 0, alpha · (eˣ − 1) from 0 down; the exponential never sees a positive number, so it cannot overflow. */
export function eluOf(builder: Builder, x: Tensor, alpha: number): Tensor {
  const above = builder.relu(x);
  const bend = builder.subtract(builder.exp(builder.subtract(x, above)), builder.constant(1));
  return builder.add(above, alpha === 1 ? bend : builder.multiply(bend, builder.constant(alpha)));
}
