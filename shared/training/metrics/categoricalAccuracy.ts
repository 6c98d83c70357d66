// Categorical accuracy: the share of samples whose most likely class is the label.

import { metric } from '../contracts.ts';
import { meanOf, meanSums } from './means.ts';
import { requireClasses, rightClass } from './rows.ts';

export const categoricalAccuracy = metric({
  id: 'categoricalAccuracy',
  title: 'Categorical accuracy',
  keras: 'categorical_accuracy',
  help: 'The share of samples whose most likely class is the label, or whose largest output is that of the label. Keras’ name for accuracy where labels come as rows of 0 and 1.',
  isMean: true,
  better: 'higher',
  tasks: ['classes', 'binary', 'numbers'],
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    requireClasses('Categorical accuracy', prediction);
    return meanSums(builder, rightClass(builder, labels, prediction, form), mask);
  },
  result: meanOf,
});
