// Sums of numbers whose logarithms are at hand, without leaving logarithms. No loss itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

/** The logarithm of 0, as a number that can be subtracted from itself. */
export const never = -1e30;

/** log Σ eˣ over one axis, which goes away. */
export function logSumExp(builder: Builder, x: Tensor, axis: number): Tensor {
  const most = builder.reduceMax(x, { axes: [axis], keepDims: true });
  const sum = builder.reduceSum(builder.exp(builder.subtract(x, most)), { axes: [axis], keepDims: false });
  return builder.add(builder.log(sum), builder.reshape(most, { shape: sum.shape }));
}
