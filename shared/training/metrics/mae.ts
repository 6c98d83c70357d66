// Mean absolute error, as a metric.

import { metric } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { meanOf, meanSums } from './means.ts';

export const mae = metric({
  id: 'mae',
  title: 'Mean absolute error',
  keras: 'mae',
  help: 'The mean difference between prediction and label, without its sign: in the unit of the labels.',
  isMean: true,
  better: 'lower',
  tasks: ['classes', 'binary', 'numbers'],
  fields: {},
  lower(builder, labels, prediction, form, _parameters, mask) {
    requireComparable('Mean absolute error', form);
    return meanSums(builder, builder.abs(builder.subtract(prediction, labels)), mask);
  },
  result: meanOf,
});
