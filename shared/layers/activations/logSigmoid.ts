// Log-sigmoid: the logarithm of the sigmoid.

import type { Activation } from './activation.ts';

export const logSigmoid: Activation = {
  id: 'logSigmoid',
  title: 'log-sigmoid',
  formula: '−log(1 + e^(−x))',
  help: 'The logarithm of a yes-or-no probability, computed without losing digits.',
  lower: (builder, x) => builder.negate(builder.softplus(builder.negate(x))),
};
