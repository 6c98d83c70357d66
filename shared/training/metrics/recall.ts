// Recall.

import { metric } from '../contracts.ts';
import { confusionSums, ratio } from './confusion.ts';
import { thresholdField } from './fields.ts';
import { above, labelRows } from './rows.ts';

export const recall = metric({
  id: 'recall',
  title: 'Recall',
  keras: 'recall',
  help: 'Of everything that is a yes, the share that was found. Low means misses. With one output per class, all outputs are counted together.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: { threshold: thresholdField('thresholds') },
  lower: (builder, labels, prediction, form, { threshold }) =>
    confusionSums(builder, labelRows(builder, labels, prediction, form), above(builder, prediction, threshold)),
  result: (sums) => ratio(sums[0], sums[2]),
});
