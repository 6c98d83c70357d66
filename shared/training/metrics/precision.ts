// Precision.

import { metric } from '../contracts.ts';
import { confusionSums, ratio } from './confusion.ts';
import { thresholdField } from './fields.ts';
import { above, labelRows } from './rows.ts';

export const precision = metric({
  id: 'precision',
  title: 'Precision',
  keras: 'precision',
  help: 'Of the outputs that say yes, the share that is right. Low means false alarms. With one output per class, all outputs are counted together.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: { threshold: thresholdField('thresholds') },
  lower: (builder, labels, prediction, form, { threshold }) =>
    confusionSums(builder, labelRows(builder, labels, prediction, form), above(builder, prediction, threshold)),
  result: (sums) => ratio(sums[0], sums[1]),
});
