// Categorical cross-entropy: for classes given as rows of 0 and 1.

import { loss } from '../contracts.ts';
import { clipProbability, crossEntropy, fromLogitsField, labelSmoothingField, logitsOf, normalized, smoothed } from './probabilities.ts';

export const categoricalCrossentropy = loss({
  id: 'categoricalCrossentropy',
  title: 'Categorical cross-entropy',
  keras: 'categorical_crossentropy',
  help: 'How surprised the network is by the right class, with the labels as one row of 0 and 1 per sample. For a last layer with softmax.',
  formula: '−mean(Σ_c y_c · log(p_c))',
  fields: {
    fromLogits: fromLogitsField(),
    labelSmoothing: labelSmoothingField(),
  },
  labels: 'oneHot',
  values(builder, labels, prediction, p) {
    const target = smoothed(builder, labels, p.labelSmoothing, labels.shape.at(-1) ?? 1);
    const logits = logitsOf(builder, prediction, 'softmax', p.fromLogits);
    const logProbability = logits ? builder.logSoftmax(logits, { axis: -1 }) : builder.log(clipProbability(builder, normalized(builder, prediction)));
    return crossEntropy(builder, target, logProbability);
  },
});
