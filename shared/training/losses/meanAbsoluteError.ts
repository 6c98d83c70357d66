// Mean absolute error.

import { loss } from '../contracts.ts';
import { meanOfLast } from './probabilities.ts';

export const meanAbsoluteError = loss({
  id: 'meanAbsoluteError',
  title: 'Mean absolute error',
  keras: 'mean_absolute_error',
  help: 'The mean of the differences without their sign. For numbers with outliers: a single large error does not rule the rest.',
  formula: 'mean(|y − ŷ|)',
  fields: {},
  labels: 'numbers',
  values: (builder, labels, prediction) => meanOfLast(builder, builder.abs(builder.subtract(prediction, labels))),
});
