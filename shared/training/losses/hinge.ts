// Hinge: the loss of support vector machines and of the perceptron.

import { loss } from '../contracts.ts';
import { missingMargin } from './margins.ts';
import { meanOfLast } from './probabilities.ts';

export const hinge = loss({
  id: 'hinge',
  title: 'Hinge',
  keras: 'hinge',
  help: 'Asks that every answer lies on the right side of 0 with a margin of 1, and is content then. For a last layer without activation; labels 0 and 1 count as −1 and 1.',
  formula: 'mean(max(0, 1 − y · ŷ)), y = ±1',
  fields: {},
  labels: 'binary',
  values: (builder, labels, prediction) => meanOfLast(builder, missingMargin(builder, labels, prediction)),
});
