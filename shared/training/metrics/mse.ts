// Mean squared error, as a metric.

import type { MetricDefinition } from '../contracts.ts';
import { meanOfAll } from '../losses/probabilities.ts';
import { requireComparable } from './comparable.ts';

export const mse: MetricDefinition = {
  id: 'mse',
  title: 'Mean squared error',
  keras: 'mse',
  help: 'The mean of the squared differences between prediction and label.',
  better: 'lower',
  tasks: ['classes', 'binary', 'numbers'],
  lower(builder, labels, prediction, form) {
    requireComparable('Mean squared error', form);
    return meanOfAll(builder, builder.square(builder.subtract(prediction, labels)));
  },
};
