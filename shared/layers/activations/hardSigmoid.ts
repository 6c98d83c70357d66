// Hard sigmoid: three straight lines in place of the sigmoid.

import type { Activation } from './activation.ts';
import { cutBetween } from './pieces.ts';

export const hardSigmoid: Activation = {
  id: 'hardSigmoid',
  title: 'hard sigmoid',
  formula: 'min(max(0, x + 3), 6) / 6',
  help: 'Cheaper than the sigmoid and exactly 0 and 1 outside −3 … 3, where it no longer learns.',
  lower: (builder, x) => builder.multiply(cutBetween(builder, builder.add(x, builder.constant(3)), 6), builder.constant(1 / 6)),
};
