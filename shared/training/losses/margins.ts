// What the hinge losses share: labels as −1 and 1, and how far an answer is from the right side. No loss itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

/** max(0, 1 − ±1 · prediction) for labels of 0 and 1, which stand for −1 and 1. */
export function missingMargin(builder: Builder, labels: Tensor, prediction: Tensor): Tensor {
  const one = builder.constant(1);
  const sides = builder.subtract(builder.multiply(labels, builder.constant(2)), one);
  return builder.maximum(builder.subtract(one, builder.multiply(sides, prediction)), builder.constant(0));
}
