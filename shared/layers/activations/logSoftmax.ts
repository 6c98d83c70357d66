// Log-softmax: the logarithm of softmax, over the last axis.

import type { Activation } from './activation.ts';

export const logSoftmax: Activation = {
  id: 'logSoftmax',
  title: 'log-softmax',
  formula: 'x_i − log(Σ_j e^(x_j))',
  help: 'The logarithms of softmax’ probabilities, computed without losing digits.',
  lower: (builder, x) => builder.logSoftmax(x),
};
