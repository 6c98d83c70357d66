// Sigmoid: a smooth step from 0 to 1.

import type { Activation } from './activation.ts';

export const sigmoid: Activation = {
  id: 'sigmoid',
  title: 'sigmoid',
  formula: '1 / (1 + e^(-x))',
  help: 'Squeezes every value between 0 and 1. For yes-or-no outputs and gates; far from 0 its slope is almost 0, so deep stacks of it learn slowly.',
  lower: (builder, x) => builder.sigmoid(x),
};
