// Root mean squared error.

import { metric } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { meanOf, meanSums } from './means.ts';

export const rootMeanSquaredError = metric({
  id: 'rootMeanSquaredError',
  title: 'Root mean squared error',
  keras: 'root_mean_squared_error',
  help: 'The root of the mean squared error: how far off the answers are, in the unit of the labels, large errors counting more.',
  better: 'lower',
  tasks: ['classes', 'binary', 'numbers'],
  fields: {},
  lower(builder, labels, prediction, form) {
    requireComparable('Root mean squared error', form);
    return meanSums(builder, builder.square(builder.subtract(prediction, labels)));
  },
  result: (sums) => Math.sqrt(meanOf(sums)),
});
