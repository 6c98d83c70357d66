// Softsign: between −1 and 1, by division.

import type { Activation } from './activation.ts';

export const softsign: Activation = {
  id: 'softsign',
  title: 'softsign',
  formula: 'x / (1 + |x|)',
  help: 'Shaped like tanh, but reaches its ends more slowly, so its slope fades later.',
  lower: (builder, x) => builder.divide(x, builder.add(builder.abs(x), builder.constant(1))),
};
