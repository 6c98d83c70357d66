// LeCun normal: variance 1 / fan in. LeCun and others, 1998.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const lecunNormal: Initializer = {
  id: 'lecunNormal',
  title: 'LeCun normal',
  keras: 'LecunNormal',
  kerasConfig: { seed: null },
  help: 'As LeCun uniform, drawn from a normal distribution cut off at two standard deviations.',
  create: (shape, key) => fillScaled(shape, key, { scale: 1, mode: 'fan_in', distribution: 'truncated_normal' }),
};
