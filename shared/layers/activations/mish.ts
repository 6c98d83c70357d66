// Mish: x times the tanh of its softplus. Misra, 2019.

import type { Activation } from './activation.ts';

export const mish: Activation = {
  id: 'mish',
  title: 'Mish',
  formula: 'x · tanh(log(1 + e^x))',
  help: 'Smooth, and dips a little below 0; close to SiLU and GELU, and a little more work.',
  lower: (builder, x) => builder.multiply(x, builder.tanh(builder.softplus(x))),
};
