// CELU: an ELU whose slope has no jump. Barron, 2017.

import type { Activation } from './activation.ts';

export const celu: Activation = {
  id: 'celu',
  title: 'CELU',
  formula: 'max(0, x) + min(0, e^x − 1)',
  help: 'The continuously differentiable ELU; with its usual alpha of 1 it is the same function.',
  lower(builder, x) {
    const zero = builder.constant(0);
    const bend = builder.subtract(builder.exp(builder.minimum(x, zero)), builder.constant(1));
    return builder.add(builder.maximum(x, zero), bend);
  },
};
