// GELU: x weighted by the share of a normal distribution below it. Hendrycks and Gimpel, 2016.

import type { Activation } from './activation.ts';

export const gelu: Activation = {
  id: 'gelu',
  title: 'GELU',
  formula: 'x · ½ · (1 + erf(x / √2))',
  help: 'A smooth ReLU that dips a little below 0; the usual choice in transformers. Computed exactly, not by its tanh approximation.',
  lower(builder, x) {
    const half = builder.multiply(x, builder.constant(0.5));
    return builder.add(half, builder.multiply(half, builder.erf(builder.multiply(x, builder.constant(Math.SQRT1_2)))));
  },
};
