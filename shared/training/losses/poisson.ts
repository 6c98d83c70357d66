// Poisson: for counts.

import { loss } from '../contracts.ts';
import { epsilon, meanOfAll } from './probabilities.ts';

export const poisson = loss({
  id: 'poisson',
  title: 'Poisson',
  keras: 'poisson',
  help: 'For counts: the answer is how many are expected. Wants positive answers, as softplus or exponential give them.',
  formula: 'mean(ŷ − y · log(ŷ))',
  fields: {},
  labels: 'numbers',
  lower(builder, labels, prediction) {
    const logarithm = builder.log(builder.add(prediction, builder.constant(epsilon)));
    return meanOfAll(builder, builder.subtract(prediction, builder.multiply(labels, logarithm)));
  },
});
