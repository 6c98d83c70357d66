// Mean squared logarithmic error.

import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { epsilon, meanOfLast } from './probabilities.ts';

export const meanSquaredLogarithmicError = loss({
  id: 'meanSquaredLogarithmicError',
  title: 'Mean squared logarithmic error',
  keras: 'mean_squared_logarithmic_error',
  help: 'Compares the logarithms: being off by a factor counts the same for small and large numbers. For numbers that are not negative, such as prices and counts.',
  formula: 'mean((log(1 + y) − log(1 + ŷ))²)',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const logarithm = (x: Tensor) => builder.log(builder.add(builder.maximum(x, builder.constant(epsilon)), builder.constant(1)));
    return meanOfLast(builder, builder.square(builder.subtract(logarithm(labels), logarithm(prediction))));
  },
});
