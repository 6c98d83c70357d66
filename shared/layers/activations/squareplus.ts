// Squareplus: a round ReLU from a square root. Barron, 2021.

import type { Activation } from './activation.ts';

export const squareplus: Activation = {
  id: 'squareplus',
  title: 'squareplus',
  formula: '(x + √(x² + 4)) / 2',
  help: 'Close to softplus, without exponentials.',
  lower: (builder, x) => builder.multiply(builder.add(x, builder.sqrt(builder.add(builder.square(x), builder.constant(4)))), builder.constant(0.5)),
};
