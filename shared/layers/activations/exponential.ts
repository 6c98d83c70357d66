// Exponential: e to the power of x.

import type { Activation } from './activation.ts';

export const exponential: Activation = {
  id: 'exponential',
  title: 'exponential',
  formula: 'e^x',
  help: 'For outputs that must be positive and may differ by factors, such as counts with the Poisson loss. Grows fast: large inputs overflow.',
  lower: (builder, x) => builder.exp(x),
};
