// Hard tanh: x, cut to −1 … 1.

import type { Activation } from './activation.ts';

export const hardTanh: Activation = {
  id: 'hardTanh',
  title: 'hard tanh',
  formula: 'min(max(−1, x), 1)',
  help: 'Cheaper than tanh; outside −1 … 1 it is flat and no longer learns.',
  lower: (builder, x) => builder.minimum(builder.maximum(x, builder.constant(-1)), builder.constant(1)),
};
