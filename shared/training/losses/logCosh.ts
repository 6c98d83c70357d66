// Log-cosh: a smooth Huber loss without a setting.

import { loss } from '../contracts.ts';
import { meanOfLast } from './probabilities.ts';

export const logCosh = loss({
  id: 'logCosh',
  title: 'Log-cosh',
  keras: 'log_cosh',
  help: 'Nearly half the square of small differences, nearly the size of large ones, and smooth in between. Takes wild values in the data calmly.',
  formula: 'mean(log(cosh(y − ŷ)))',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const error = builder.subtract(prediction, labels);
    // log(cosh(e)) = e + softplus(−2e) − log 2, which cannot overflow.
    const soft = builder.softplus(builder.multiply(error, builder.constant(-2)));
    return meanOfLast(builder, builder.subtract(builder.add(error, soft), builder.constant(Math.LN2)));
  },
});
