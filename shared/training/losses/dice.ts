// Dice: how much two areas overlap. Milletari et al., 2016.

import { loss } from '../contracts.ts';
import { areaFields, areaSum } from './overlap.ts';
import { epsilon } from './probabilities.ts';

export const dice = loss({
  id: 'dice',
  title: 'Dice',
  keras: 'dice',
  help: 'One minus the overlap of predicted and true area, so that a small object in a large picture counts fully. For segmentation, with sigmoid or softmax.',
  formula: '1 − 2 · Σ y · p / (Σ y + Σ p)',
  fields: areaFields,
  labels: 'binary',
  values(builder, labels, prediction, p) {
    const sum = areaSum(builder, p);
    const size = builder.add(builder.add(sum(labels), sum(prediction)), builder.constant(epsilon));
    const overlap = builder.divide(builder.multiply(sum(builder.multiply(labels, prediction)), builder.constant(2)), size);
    return builder.subtract(builder.constant(1), overlap);
  },
});
