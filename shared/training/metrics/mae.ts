// Mean absolute error, as a metric.

import type { MetricDefinition } from '../contracts.ts';
import { meanOfAll } from '../losses/probabilities.ts';
import { requireComparable } from './comparable.ts';

export const mae: MetricDefinition = {
  id: 'mae',
  title: 'Mean absolute error',
  keras: 'mae',
  help: 'The mean difference between prediction and label, without its sign: in the unit of the labels.',
  better: 'lower',
  tasks: ['classes', 'binary', 'numbers'],
  lower(builder, labels, prediction, form) {
    requireComparable('Mean absolute error', form);
    return meanOfAll(builder, builder.abs(builder.subtract(prediction, labels)));
  },
};
