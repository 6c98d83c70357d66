// He uniform: variance 2 / fan in. He and others, 2015.

import { fillScaled } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const heUniform: Initializer = {
  id: 'heUniform',
  title: 'He uniform',
  keras: 'HeUniform',
  kerasConfig: { seed: null },
  help: 'Uniform, with twice the variance of LeCun because ReLU silences half of the signal. Suits ReLU.',
  create: (shape, key) => fillScaled(shape, key, { scale: 2, mode: 'fan_in', distribution: 'uniform' }),
};
