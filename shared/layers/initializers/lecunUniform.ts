// LeCun uniform: variance 1 / fan in. LeCun and others, 1998.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const lecunUniform: Initializer = {
  id: 'lecunUniform',
  title: 'LeCun uniform',
  keras: 'LecunUniform',
  kerasConfig: { seed: null },
  help: 'Uniform, sized by the number of incoming connections only.',
  create: (shape, key) => fillScaled(shape, key, { scale: 1, mode: 'fan_in', distribution: 'uniform' }),
};
