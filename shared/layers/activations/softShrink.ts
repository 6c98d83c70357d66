// Soft shrink: everything moves towards 0 by a half.

import type { Activation } from './activation.ts';

export const softShrink: Activation = {
  id: 'softShrink',
  title: 'soft shrink',
  formula: 'x − 0.5 if x > 0.5, x + 0.5 if x < −0.5, 0 otherwise',
  help: 'Makes small values 0 and large ones smaller; removes noise, and is the step of sparse coding.',
  lower(builder, x) {
    const half = builder.constant(0.5);
    return builder.subtract(builder.relu(builder.subtract(x, half)), builder.relu(builder.subtract(builder.negate(x), half)));
  },
};
