// Mean absolute percentage error.

import { loss } from '../contracts.ts';
import { epsilon, meanOfLast } from './probabilities.ts';

export const meanAbsolutePercentageError = loss({
  id: 'meanAbsolutePercentageError',
  title: 'Mean absolute percentage error',
  keras: 'mean_absolute_percentage_error',
  help: 'How many percent the answers are off, on average. For positive numbers well away from 0: near 0 every difference is many percent.',
  formula: '100 · mean(|y − ŷ| / |y|)',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const size = builder.maximum(builder.abs(labels), builder.constant(epsilon));
    const share = builder.abs(builder.divide(builder.subtract(labels, prediction), size));
    return builder.multiply(meanOfLast(builder, share), builder.constant(100));
  },
});
