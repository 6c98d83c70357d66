// Tanh shrink: what tanh takes away.

import type { Activation } from './activation.ts';

export const tanhShrink: Activation = {
  id: 'tanhShrink',
  title: 'tanh shrink',
  formula: 'x − tanh(x)',
  help: 'Flattens what is small and moves what is large towards 0; for sparse coding.',
  lower: (builder, x) => builder.subtract(x, builder.tanh(x)),
};
