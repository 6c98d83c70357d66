// Accuracy: the share of right answers, as Keras reads the word `accuracy`.

import { metric } from '../contracts.ts';
import { meanOf, meanSums } from './means.ts';
import { above, float, isSingle, rightClass } from './rows.ts';

export const accuracy = metric({
  id: 'accuracy',
  title: 'Accuracy',
  keras: 'accuracy',
  help: 'The share of samples answered rightly: the most likely class is the label; with a single output, above 0.5 means yes.',
  isMean: true,
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    if (form === 'classes' || !isSingle(prediction)) return meanSums(builder, rightClass(builder, labels, prediction, form), mask);
    return meanSums(builder, float(builder, builder.equal(above(builder, prediction, 0.5), above(builder, labels, 0.5))), mask);
  },
  result: meanOf,
});
