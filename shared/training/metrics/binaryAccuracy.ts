// Binary accuracy: the share of outputs on the right side of a threshold.

import { metric } from '../contracts.ts';
import { thresholdField } from './fields.ts';
import { meanOf, meanSums } from './means.ts';
import { above, float, labelRows } from './rows.ts';

export const binaryAccuracy = metric({
  id: 'binaryAccuracy',
  title: 'Binary accuracy',
  keras: 'binary_accuracy',
  help: 'The share of outputs on the right side of the threshold. With one output per class every class counts as a yes-or-no question of its own.',
  isMean: true,
  better: 'higher',
  tasks: ['classes', 'binary', 'numbers'],
  fields: { threshold: thresholdField() },
  lower(builder, labels, prediction, form, { threshold }, mask) {
    const rows = labelRows(builder, labels, prediction, form);
    return meanSums(builder, float(builder, builder.equal(above(builder, prediction, threshold), rows)), mask);
  },
  result: meanOf,
});
