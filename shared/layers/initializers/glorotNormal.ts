// Glorot (Xavier) normal: variance 2 / (fan in + fan out). Glorot and Bengio, 2010.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const glorotNormal: Initializer = {
  id: 'glorotNormal',
  title: 'Glorot normal',
  keras: 'GlorotNormal',
  kerasConfig: { seed: null },
  help: 'As Glorot uniform, drawn from a normal distribution cut off at two standard deviations.',
  create: (shape, key) => fillScaled(shape, key, { scale: 1, mode: 'fan_avg', distribution: 'truncated_normal' }),
};
