// Softmax: scores become probabilities, over the last axis.

import type { Activation } from './activation.ts';

export const softmax: Activation = {
  id: 'softmax',
  title: 'softmax',
  formula: 'e^(x_i) / Σ_j e^(x_j)',
  help: 'Turns the values along the last axis into probabilities that add up to 1. For the last layer when one of several classes is right.',
  lower: (builder, x) => builder.softmax(x),
};
