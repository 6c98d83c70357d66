// Softplus: a ReLU with a round corner.

import type { Activation } from './activation.ts';

export const softplus: Activation = {
  id: 'softplus',
  title: 'softplus',
  formula: 'log(1 + e^x)',
  help: 'Always above 0 and smooth everywhere; for outputs that must be positive, such as a variance.',
  lower: (builder, x) => builder.softplus(x),
};
