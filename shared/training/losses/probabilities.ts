// What the cross-entropies share, as Keras computes them on TensorFlow. No loss itself.

import { boolean } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export const fromLogitsField = () =>
  boolean({
    label: 'From logits',
    help: 'The last layer gives scores instead of probabilities (it has no softmax or sigmoid of its own).',
    level: 'advanced',
    default: false,
  });

/** Keras' epsilon: probabilities are kept this far from 0 and 1. */
export const epsilon = 1e-7;

export const clipProbability = (builder: Builder, x: Tensor): Tensor =>
  builder.minimum(builder.maximum(x, builder.constant(epsilon)), builder.constant(1 - epsilon));

/**
 * The scores behind a prediction; null where only probabilities are at hand.
 * What a softmax or sigmoid was applied to is used even without `fromLogits`, because log(softmax(x)) loses its digits where log-softmax does not.
 */
export function logitsOf(builder: Builder, prediction: Tensor, producer: 'softmax' | 'sigmoid', fromLogits: boolean): Tensor | null {
  const instruction = builder.producerOf(prediction);
  if (instruction?.operation === producer && overLastAxis(instruction.attributes['axis'], prediction)) return instruction.inputs[0] ?? null;
  return fromLogits ? prediction : null;
}

const overLastAxis = (axis: unknown, { shape }: Tensor): boolean => axis === undefined || axis === -1 || axis === shape.length - 1;

export const meanOfAll = (builder: Builder, x: Tensor): Tensor => builder.reduceMean(x, { axes: x.shape.map((_, axis) => axis), keepDims: false });

/** The mean over rows of -Σ target · log probability. */
export function crossEntropy(builder: Builder, target: Tensor, logProbability: Tensor): Tensor {
  const axis = logProbability.shape.length - 1;
  const rows = builder.reduceSum(builder.multiply(target, logProbability), { axes: [axis], keepDims: false });
  return builder.negate(meanOfAll(builder, rows));
}
