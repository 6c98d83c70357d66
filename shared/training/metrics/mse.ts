// Mean squared error, as a metric.

import { metric } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { meanOf, meanSums } from './means.ts';

export const mse = metric({
  id: 'mse',
  title: 'Mean squared error',
  keras: 'mse',
  help: 'The mean of the squared differences between prediction and label.',
  isMean: true,
  better: 'lower',
  tasks: ['classes', 'binary', 'numbers'],
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    requireComparable('Mean squared error', form);
    return meanSums(builder, builder.square(builder.subtract(prediction, labels)), mask);
  },
  result: meanOf,
});
