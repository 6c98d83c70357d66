// Categorical hinge: the right class must win by a margin.

import { loss } from '../contracts.ts';
import { sumOfLast } from './probabilities.ts';

export const categoricalHinge = loss({
  id: 'categoricalHinge',
  title: 'Categorical hinge',
  keras: 'categorical_hinge',
  help: 'Asks that the right class scores at least 1 more than the best wrong one, and is content then. For a last layer without activation.',
  formula: 'mean(max(0, 1 + max_wrong(ŷ) − ŷ_right))',
  fields: {},
  labels: 'oneHot',
  values(builder, labels, prediction) {
    const one = builder.constant(1);
    const axes = [prediction.shape.length - 1];
    const right = sumOfLast(builder, builder.multiply(labels, prediction));
    const wrong = builder.reduceMax(builder.multiply(builder.subtract(one, labels), prediction), { axes, keepDims: false });
    return builder.maximum(builder.add(builder.subtract(wrong, right), one), builder.constant(0));
  },
});
