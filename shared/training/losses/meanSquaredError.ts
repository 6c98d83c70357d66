// Mean squared error.

import { loss } from '../contracts.ts';
import { meanOfLast } from './probabilities.ts';

export const meanSquaredError = loss({
  id: 'meanSquaredError',
  title: 'Mean squared error',
  keras: 'mean_squared_error',
  help: 'The mean of the squared differences. The usual loss for numbers; large errors weigh much more than small ones.',
  formula: 'mean((y − ŷ)²)',
  fields: {},
  labels: 'numbers',
  values: (builder, labels, prediction) => meanOfLast(builder, builder.square(builder.subtract(prediction, labels))),
});
