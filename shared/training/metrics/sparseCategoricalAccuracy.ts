// Sparse categorical accuracy: the share of samples whose most likely class is the label.

import { metric } from '../contracts.ts';
import { meanOf, meanSums } from './means.ts';
import { requireClasses, rightClass } from './rows.ts';

export const sparseCategoricalAccuracy = metric({
  id: 'sparseCategoricalAccuracy',
  title: 'Sparse categorical accuracy',
  keras: 'sparse_categorical_accuracy',
  help: 'The share of samples whose most likely class is the label. Keras’ name for accuracy where labels come as class numbers.',
  isMean: true,
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    requireClasses('Sparse categorical accuracy', prediction);
    return meanSums(builder, rightClass(builder, labels, prediction, form), mask);
  },
  result: meanOf,
});
