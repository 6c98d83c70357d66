// SiLU, also known as swish: x times its sigmoid.

import type { Activation } from './activation.ts';

export const silu: Activation = {
  id: 'silu',
  title: 'SiLU',
  kerasAliases: ['swish'],
  formula: 'x · sigmoid(x)',
  help: 'A smooth ReLU that dips a little below 0, also called swish. Common in convolutional networks such as EfficientNet.',
  lower: (builder, x) => builder.multiply(x, builder.sigmoid(x)),
};
