// Tanh: a smooth step from -1 to 1.

import type { Activation } from './activation.ts';

export const tanh: Activation = {
  id: 'tanh',
  title: 'tanh',
  formula: '(e^x - e^(-x)) / (e^x + e^(-x))',
  help: 'Squeezes every value between -1 and 1, around 0. Usual inside recurrent layers; far from 0 its slope is almost 0.',
  lower: (builder, x) => builder.tanh(x),
};
