// Categorical cross-entropy: for classes given as rows of 0 and 1.

import { number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { clipProbability, crossEntropy, fromLogitsField, logitsOf } from './probabilities.ts';

export const categoricalCrossentropy = loss({
  id: 'categoricalCrossentropy',
  title: 'Categorical cross-entropy',
  keras: 'categorical_crossentropy',
  help: 'How surprised the network is by the right class, with the labels as one row of 0 and 1 per sample. For a last layer with softmax.',
  formula: '−mean(Σ_c y_c · log(p_c))',
  fields: {
    fromLogits: fromLogitsField(),
    labelSmoothing: number({
      label: 'Label smoothing',
      help: 'Takes this share from the right class and spreads it over all, so that the network does not become too sure.',
      min: 0,
      max: 1,
      level: 'advanced',
      default: 0,
    }),
  },
  labels: 'oneHot',
  lower(builder, labels, prediction, p) {
    const target = smoothed(builder, labels, p.labelSmoothing);
    const logits = logitsOf(builder, prediction, 'softmax', p.fromLogits);
    const logProbability = logits ? builder.logSoftmax(logits, { axis: -1 }) : builder.log(clipProbability(builder, normalized(builder, prediction)));
    return crossEntropy(builder, target, logProbability);
  },
});

function smoothed(builder: Builder, labels: Tensor, share: number): Tensor {
  if (share === 0) return labels;
  const classes = labels.shape.at(-1) ?? 1;
  return builder.add(builder.multiply(labels, builder.constant(1 - share)), builder.constant(share / classes));
}

/** Divided by the row's sum, so that it adds up to 1. */
const normalized = (builder: Builder, x: Tensor): Tensor => builder.divide(x, builder.reduceSum(x, { axes: [x.shape.length - 1], keepDims: true }));
