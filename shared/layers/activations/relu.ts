// ReLU: what is below 0 becomes 0.

import type { Activation } from './activation.ts';

export const relu: Activation = {
  id: 'relu',
  title: 'ReLU',
  formula: 'max(0, x)',
  help: 'The usual choice for hidden layers: cheap, and its slope of 1 lets gradients through. A unit whose input stays below 0 stops learning.',
  lower: (builder, x) => builder.relu(x),
};
