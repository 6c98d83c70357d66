// What the hinge losses share: labels as −1 and 1, and how far an answer is from the right side. No loss itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

const float = (builder: Builder, x: Tensor): Tensor => builder.cast(x, { dtype: 'float32' });

/** Labels of 0 and 1 as −1 and 1. As in Keras a batch that holds anything else is taken to be −1 and 1 already. */
function sides(builder: Builder, labels: Tensor): Tensor {
  const isBinary = builder.logicalOr(builder.equal(labels, builder.constant(0)), builder.equal(labels, builder.constant(1)));
  const all = builder.reduceMin(float(builder, isBinary), { axes: labels.shape.map((_, axis) => axis), keepDims: false });
  return builder.add(labels, builder.multiply(all, builder.subtract(labels, builder.constant(1))));
}

/** max(0, 1 − ±1 · prediction) */
export const missingMargin = (builder: Builder, labels: Tensor, prediction: Tensor): Tensor =>
  builder.maximum(builder.subtract(builder.constant(1), builder.multiply(sides(builder, labels), prediction)), builder.constant(0));
