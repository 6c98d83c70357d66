// Binary cross-entropy: for yes-or-no outputs.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { clipProbability, fromLogitsField, labelSmoothingField, logitsOf, meanOfLast, smoothed } from './probabilities.ts';

export const binaryCrossentropy = loss({
  id: 'binaryCrossentropy',
  title: 'Binary cross-entropy',
  keras: 'binary_crossentropy',
  help: 'How surprised the network is by the right answer to a yes-or-no question. For a last layer of one unit with sigmoid.',
  formula: '−mean(y · log(p) + (1 − y) · log(1 − p))',
  fields: { fromLogits: fromLogitsField(), labelSmoothing: labelSmoothingField() },
  labels: 'binary',
  values: (builder, labels, prediction, p) =>
    meanOfLast(builder, binaryEntropy(builder, smoothed(builder, labels, p.labelSmoothing, 2), prediction, p.fromLogits)),
});

/** The cross-entropy of every single answer, through the scores behind a sigmoid where they are at hand. */
export function binaryEntropy(builder: Builder, labels: Tensor, prediction: Tensor, fromLogits: boolean): Tensor {
  const logits = logitsOf(builder, prediction, 'sigmoid', fromLogits);
  return logits ? ofLogits(builder, labels, logits) : ofProbabilities(builder, labels, prediction);
}

/** 1 − x */
export const complement = (builder: Builder, x: Tensor): Tensor => builder.subtract(builder.constant(1), x);

/** y · softplus(−x) + (1 − y) · softplus(x): the same as through the sigmoid, exact also where the sigmoid is 0 or 1. */
function ofLogits(builder: Builder, labels: Tensor, x: Tensor): Tensor {
  const yes = builder.multiply(labels, builder.softplus(builder.negate(x)));
  return builder.add(yes, builder.multiply(complement(builder, labels), builder.softplus(x)));
}

function ofProbabilities(builder: Builder, labels: Tensor, prediction: Tensor): Tensor {
  const probability = clipProbability(builder, prediction);
  const yes = builder.multiply(labels, builder.log(probability));
  const no = builder.multiply(complement(builder, labels), builder.log(complement(builder, probability)));
  return builder.negate(builder.add(yes, no));
}
