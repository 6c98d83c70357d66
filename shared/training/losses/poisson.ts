// Poisson: for counts.

import { loss } from '../contracts.ts';
import { epsilon, meanOfLast } from './probabilities.ts';

export const poisson = loss({
  id: 'poisson',
  title: 'Poisson',
  keras: 'poisson',
  help: 'For counts: the answer is how many are expected. Wants positive answers, as softplus or exponential give them.',
  formula: 'mean(ŷ − y · log(ŷ))',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const logarithm = builder.log(builder.add(prediction, builder.constant(epsilon)));
    return meanOfLast(builder, builder.subtract(prediction, builder.multiply(labels, logarithm)));
  },
});
