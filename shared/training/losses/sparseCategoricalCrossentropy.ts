// Sparse categorical cross-entropy: for classes given as whole numbers.

import { optionalInteger } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { clipProbability, crossEntropy, fromLogitsField, logitsOf } from './probabilities.ts';

export const sparseCategoricalCrossentropy = loss({
  id: 'sparseCategoricalCrossentropy',
  title: 'Sparse categorical cross-entropy',
  keras: 'sparse_categorical_crossentropy',
  help: 'How surprised the network is by the right class, with the labels as class numbers. For a last layer with softmax and one unit per class.',
  formula: '−mean(log(p_y))',
  fields: {
    fromLogits: fromLogitsField(),
    ignoreClass: optionalInteger({
      label: 'Ignored class',
      help: 'Labels of this class do not count, as places of a picture that nobody has named. Automatic: all count.',
      min: -1_000_000,
      max: 1_000_000,
      level: 'advanced',
      default: null,
    }),
  },
  labels: 'classes',
  values(builder, labels, prediction, p) {
    // Keras takes the logarithm of clipped probabilities for scores, so these are normalized once more by log-softmax.
    const logits = logitsOf(builder, prediction, 'softmax', p.fromLogits) ?? builder.log(clipProbability(builder, prediction));
    const target = builder.oneHot(labels, { depth: prediction.shape.at(-1) ?? 1 });
    const losses = crossEntropy(builder, target, builder.logSoftmax(logits, { axis: -1 }));
    return p.ignoreClass === null ? losses : builder.multiply(losses, countedLabels(builder, labels, p.ignoreClass));
  },
  counted: (builder, labels, { ignoreClass }) => (ignoreClass === null ? null : countedLabels(builder, labels, ignoreClass)),
});

/** 1 where the label is another class, 0 where it is the one that is left out. */
const countedLabels = (builder: Builder, labels: Tensor, ignored: number): Tensor =>
  builder.cast(builder.logicalNot(builder.equal(labels, builder.constant(ignored, [], 'int32'))), { dtype: 'float32' });
