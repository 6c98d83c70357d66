// The penalties on large numbers: the sum of the absolute values, and of the squares.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export interface Strengths {
  readonly l1: number;
  readonly l2: number;
}

/** l1 · Σ |x| + l2 · Σ x²; null where both are 0. */
export function penalty(builder: Builder, x: Tensor, { l1, l2 }: Strengths): Tensor | null {
  const axes = x.shape.map((_, axis) => axis);
  const weighed = (values: Tensor, strength: number) => builder.multiply(builder.reduceSum(values, { axes, keepDims: false }), builder.constant(strength));
  const first = l1 > 0 ? weighed(builder.abs(x), l1) : null;
  const second = l2 > 0 ? weighed(builder.square(x), l2) : null;
  return first && second ? builder.add(first, second) : (first ?? second);
}
