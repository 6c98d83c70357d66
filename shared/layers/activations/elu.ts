// ELU: ReLU with a soft bend below 0. Clevert, Unterthiner and Hochreiter, 2016.

import type { Activation } from './activation.ts';
import { eluOf } from './pieces.ts';

export const elu: Activation = {
  id: 'elu',
  title: 'ELU',
  formula: 'x if x > 0, e^x − 1 otherwise',
  help: 'Like ReLU, but bends smoothly down to −1, so that a unit below 0 still learns and outputs centre around 0.',
  lower: (builder, x) => eluOf(builder, x, 1),
};
