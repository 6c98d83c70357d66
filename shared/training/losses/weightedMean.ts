// From the losses of samples to the loss of the batch, as Keras' reductions do it. No loss itself.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import type { Reduction } from './reduction.ts';

const allAxes = ({ shape }: Tensor): number[] => shape.map((_, axis) => axis);

/** Weights with axes of 1 at the end, so that a sample's weight counts for all its positions. */
function alignedTo(builder: Builder, weights: Tensor, { shape }: Tensor): Tensor {
  const missing = shape.length - weights.shape.length;
  return missing === 0 ? weights : builder.reshape(weights, { shape: [...weights.shape, ...Array.from({ length: missing }, () => 1)] });
}

/** What counts how much; both float32 of the values' shape, or of its first axes. */
export interface Weighing {
  readonly weights?: Tensor;
  /** 1 where a value counts, 0 where it is padding. The mean is then over what counts. */
  readonly mask?: Tensor;
}

/** A mask whose ones are so large that a mean over everything is the mean over what counts; all 0 where nothing counts. */
function maskWeights(builder: Builder, mask: Tensor): Tensor {
  const counted = builder.reduceSum(mask, { axes: allAxes(mask), keepDims: false });
  return builder.multiply(mask, builder.divide(builder.constant(sizeOf(mask.shape)), builder.maximum(counted, builder.constant(1))));
}

/** What both count. */
export function bothCounted(builder: Builder, first: Tensor | undefined, second: Tensor | null): Tensor | undefined {
  if (!first || !second) return first ?? second ?? undefined;
  const [less, more] = first.shape.length < second.shape.length ? [first, second] : [second, first];
  return builder.multiply(alignedTo(builder, less, more), more);
}

/**
 * The loss of the batch. By default Σ value · weight / number of values: the weights are not divided out, a batch of heavy samples counts
 * more. Only in that mean is a mask scaled to what counts; in the others what does not count has weight 0.
 */
export function reduced(builder: Builder, values: Tensor, { weights, mask }: Weighing, reduction: Reduction = 'sum_over_batch_size'): Tensor {
  const counts = mask && reduction === 'sum_over_batch_size' ? maskWeights(builder, mask) : mask;
  if (values.shape.length === 0) return reducedWhole(builder, values, bothCounted(builder, weights, counts ?? null), reduction);
  const factors = [weights, counts].filter((one) => one !== undefined);
  const weighted = factors.reduce((product, factor) => builder.multiply(product, alignedTo(builder, factor, values)), values);
  const options = { axes: allAxes(weighted), keepDims: false };
  if (reduction === 'sum') return builder.reduceSum(weighted, options);
  if (reduction === 'sum_over_batch_size' || factors.length === 0) return builder.reduceMean(weighted, options);
  const [first, second] = factors.map((factor) => alignedTo(builder, factor, values));
  const weight = second ? builder.multiply(first as Tensor, second) : (factors[0] as Tensor);
  const total = builder.reduceSum(weight, { axes: allAxes(weight), keepDims: false });
  // A batch in which nothing counts costs 0, as in Keras, and moves nothing.
  const divisor = builder.select(builder.equal(total, builder.constant(0)), builder.constant(1), total);
  return builder.divide(builder.reduceSum(weighted, options), divisor);
}

/** One number for the whole batch (Dice, Tversky) counts for every sample by its weight, as Keras has it. */
function reducedWhole(builder: Builder, value: Tensor, factor: Tensor | undefined, reduction: Reduction): Tensor {
  if (!factor || reduction === 'mean_with_sample_weight') return value;
  const options = { axes: allAxes(factor), keepDims: false };
  return builder.multiply(value, reduction === 'sum' ? builder.reduceSum(factor, options) : builder.reduceMean(factor, options));
}
