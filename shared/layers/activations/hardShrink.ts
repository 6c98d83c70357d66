// Hard shrink: what is small becomes 0.

import type { Activation } from './activation.ts';

export const hardShrink: Activation = {
  id: 'hardShrink',
  title: 'hard shrink',
  formula: 'x if |x| > 0.5, 0 otherwise',
  help: 'Makes small values 0 and leaves the others as they are.',
  lower: (builder, x) => builder.multiply(x, builder.cast(builder.greater(builder.abs(x), builder.constant(0.5)), { dtype: 'float32' })),
};
