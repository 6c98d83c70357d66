// What the cross-entropies share, as Keras computes them on TensorFlow. No loss itself.

import { boolean, number } from '../../lib/fields.ts';
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

/** The mean over the last axis: what regression losses make of the outputs of one sample. */
export const meanOfLast = (builder: Builder, x: Tensor): Tensor => builder.reduceMean(x, { axes: [x.shape.length - 1], keepDims: false });

/** Σ over the last axis. */
export const sumOfLast = (builder: Builder, x: Tensor): Tensor => builder.reduceSum(x, { axes: [x.shape.length - 1], keepDims: false });

/** -Σ target · log probability of every row. */
export const crossEntropy = (builder: Builder, target: Tensor, logProbability: Tensor): Tensor =>
  builder.negate(sumOfLast(builder, builder.multiply(target, logProbability)));

export const labelSmoothingField = () =>
  number({
    label: 'Label smoothing',
    help: 'Takes this share from the right class and spreads it over all, so that the network does not become too sure.',
    min: 0,
    max: 1,
    level: 'advanced',
    default: 0,
  });

/** Labels with a share taken from each and spread evenly over so many classes. */
export const smoothed = (builder: Builder, labels: Tensor, share: number, classes: number): Tensor =>
  share === 0 ? labels : builder.add(builder.multiply(labels, builder.constant(1 - share)), builder.constant(share / classes));

/** Divided by the row's sum, so that it adds up to 1. */
export const normalized = (builder: Builder, x: Tensor): Tensor => builder.divide(x, builder.reduceSum(x, { axes: [x.shape.length - 1], keepDims: true }));
