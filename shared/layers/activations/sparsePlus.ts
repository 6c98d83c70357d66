// Sparse plus: a ReLU with a parabola for its corner.

import type { Activation } from './activation.ts';

export const sparsePlus: Activation = {
  id: 'sparsePlus',
  title: 'sparse plus',
  formula: '0 if x ≤ −1, (x + 1)² / 4 if x < 1, x otherwise',
  help: 'A smooth ReLU that is exactly 0 below −1 and exactly x above 1.',
  lower(builder, x) {
    const one = builder.constant(1);
    const above = builder.relu(builder.subtract(x, one));
    const bend = builder.subtract(builder.relu(builder.add(x, one)), above);
    return builder.add(builder.multiply(builder.square(bend), builder.constant(0.25)), above);
  },
};
