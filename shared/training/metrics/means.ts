// What most metrics are: the mean of one number for each sample or answer. Their sums are the total and the count. No metric itself.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';

/** The sum over all elements, float32 [1]. */
export const total = (builder: Builder, x: Tensor): Tensor =>
  builder.reshape(builder.reduceSum(x, { axes: x.shape.map((_, axis) => axis), keepDims: false }), { shape: [1] });

/** The total of all elements and how many there are. */
export const meanSums = (builder: Builder, values: Tensor): Tensor =>
  builder.concat(total(builder, values), builder.constant(sizeOf(values.shape), [1]), { axis: 0 });

/** What `meanSums` comes to; 0 where nothing was counted, as in Keras. */
export const meanOf = (sums: ArrayLike<number>): number => (sums[1] ? (sums[0] as number) / sums[1] : 0);
