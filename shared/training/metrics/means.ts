// What most metrics are: the mean of one number for each sample or answer. Their sums are the total and the count. No metric itself.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';

/** The sum over all elements, float32 [1]. */
export const total = (builder: Builder, x: Tensor): Tensor =>
  builder.reshape(builder.reduceSum(x, { axes: x.shape.map((_, axis) => axis), keepDims: false }), { shape: [1] });

/** Every place's numbers times what it counts, [batch, …], one number for each of the first axes' places; as they are where nothing is said. */
export function counted(builder: Builder, values: Tensor, counts: Tensor | undefined): Tensor {
  if (!counts) return values;
  const places = sizeOf(counts.shape),
    each = sizeOf(values.shape) / places;
  const weighted = builder.multiply(builder.reshape(values, { shape: [places, each] }), builder.reshape(counts, { shape: [places, 1] }));
  return builder.reshape(weighted, { shape: values.shape });
}

/**
 * The total of all elements and how many there are.
 * @param mask 1 for each of the first axes' places that counts, 0 for padding: what it leaves out is neither added nor counted
 */
export function meanSums(builder: Builder, values: Tensor, mask?: Tensor): Tensor {
  if (!mask) return builder.concat(total(builder, values), builder.constant(sizeOf(values.shape), [1]), { axis: 0 });
  const each = sizeOf(values.shape) / sizeOf(mask.shape);
  return builder.concat(total(builder, counted(builder, values, mask)), builder.multiply(total(builder, mask), builder.constant(each)), { axis: 0 });
}

/** What `meanSums` comes to; 0 where nothing was counted, as in Keras. */
export const meanOf = (sums: ArrayLike<number>): number => (sums[1] ? (sums[0] as number) / sums[1] : 0);
