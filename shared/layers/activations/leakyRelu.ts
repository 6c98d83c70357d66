// Leaky ReLU: a small slope below 0. Maas, Hannun and Ng, 2013.

import type { Activation } from './activation.ts';
import { leak } from './pieces.ts';

export const leakyRelu: Activation = {
  id: 'leakyRelu',
  title: 'leaky ReLU',
  formula: 'x if x > 0, 0.2 · x otherwise',
  help: 'Like ReLU, but with a small slope below 0, so that no unit stops learning. The LeakyReLU layer lets the slope be chosen.',
  lower: (builder, x) => leak(builder, x, 0.2),
};
