// Generalized cross-entropy: between cross-entropy and absolute error, for labels that are partly wrong. Zhang and Sabuncu, 2018.

import { number } from '../../lib/fields.ts';
import { loss } from '../contracts.ts';
import { sumOfLast } from './probabilities.ts';

export const categoricalGeneralizedCrossEntropy = loss({
  id: 'categoricalGeneralizedCrossEntropy',
  title: 'Generalized cross-entropy',
  keras: 'categorical_generalized_cross_entropy',
  help: 'Cross-entropy that gives up on samples whose label contradicts everything learned. For class labels of which some are wrong; the last layer needs softmax.',
  formula: 'mean((1 − p_y^q) / q)',
  fields: {
    q: number({
      label: 'q',
      help: 'Near 0 it is cross-entropy, near 1 the absolute error, which wrong labels disturb least.',
      min: 0,
      exclusiveMin: true,
      max: 1,
      default: 0.5,
    }),
  },
  labels: 'classes',
  values(builder, labels, prediction, p) {
    const right = sumOfLast(builder, builder.multiply(prediction, builder.oneHot(labels, { depth: prediction.shape.at(-1) ?? 1 })));
    return builder.divide(builder.subtract(builder.constant(1), builder.power(right, builder.constant(p.q))), builder.constant(p.q));
  },
});
