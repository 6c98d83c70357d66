// He normal: variance 2 / fan in. He and others, 2015.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const heNormal: Initializer = {
  id: 'heNormal',
  title: 'He normal',
  keras: 'HeNormal',
  kerasConfig: { seed: null },
  help: 'As He uniform, drawn from a normal distribution cut off at two standard deviations. Suits ReLU.',
  create: (shape, key) => fillScaled(shape, key, { scale: 2, mode: 'fan_in', distribution: 'truncated_normal' }),
};
