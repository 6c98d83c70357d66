// Sparse categorical cross-entropy: for classes given as whole numbers.

import { loss } from '../contracts.ts';
import { clipProbability, crossEntropy, fromLogitsField, logitsOf } from './probabilities.ts';

export const sparseCategoricalCrossentropy = loss({
  id: 'sparseCategoricalCrossentropy',
  title: 'Sparse categorical cross-entropy',
  keras: 'sparse_categorical_crossentropy',
  help: 'How surprised the network is by the right class, with the labels as class numbers. For a last layer with softmax and one unit per class.',
  formula: '−mean(log(p_y))',
  fields: { fromLogits: fromLogitsField() },
  labels: 'classes',
  values(builder, labels, prediction, p) {
    // Keras takes the logarithm of clipped probabilities for scores, so these are normalized once more by log-softmax.
    const logits = logitsOf(builder, prediction, 'softmax', p.fromLogits) ?? builder.log(clipProbability(builder, prediction));
    const target = builder.oneHot(labels, { depth: prediction.shape.at(-1) ?? 1 });
    return crossEntropy(builder, target, builder.logSoftmax(logits, { axis: -1 }));
  },
});
