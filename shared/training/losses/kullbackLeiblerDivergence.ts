// Kullback–Leibler divergence: how far one distribution is from another.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { epsilon, sumOfLast } from './probabilities.ts';

export const kullbackLeiblerDivergence = loss({
  id: 'kullbackLeiblerDivergence',
  title: 'Kullback–Leibler divergence',
  keras: 'kl_divergence',
  help: 'How far the predicted probabilities are from the given ones, where the labels are probabilities themselves. With labels of 0 and 1 it is the cross-entropy. For a last layer with softmax.',
  formula: 'mean(Σ_c y_c · log(y_c / p_c))',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const [y, p] = [clipped(builder, labels), clipped(builder, prediction)];
    return sumOfLast(builder, builder.multiply(y, builder.log(builder.divide(y, p))));
  },
});

const clipped = (builder: Builder, x: Tensor): Tensor => builder.minimum(builder.maximum(x, builder.constant(epsilon)), builder.constant(1));
