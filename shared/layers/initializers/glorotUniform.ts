// Glorot (Xavier) uniform: variance 2 / (fan in + fan out). Glorot and Bengio, 2010.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const glorotUniform: Initializer = {
  id: 'glorotUniform',
  title: 'Glorot uniform',
  keras: 'GlorotUniform',
  kerasConfig: { seed: null },
  help: 'Uniform, sized so that signals keep their strength forwards and backwards. The usual start; suits tanh and sigmoid.',
  create: (shape, key) => fillScaled(shape, key, { scale: 1, mode: 'fan_avg', distribution: 'uniform' }),
};
