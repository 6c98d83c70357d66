// Sparse sigmoid: a straight line from 0 to 1.

import type { Activation } from './activation.ts';
import { cutBetween } from './pieces.ts';

export const sparseSigmoid: Activation = {
  id: 'sparseSigmoid',
  title: 'sparse sigmoid',
  formula: '0 if x ≤ −1, (x + 1) / 2 if x < 1, 1 otherwise',
  help: 'A sigmoid that is exactly 0 and 1 outside −1 … 1, where it no longer learns.',
  lower: (builder, x) => builder.multiply(cutBetween(builder, builder.add(x, builder.constant(1)), 2), builder.constant(0.5)),
};
