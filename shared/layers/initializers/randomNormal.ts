// Random normal with Keras' standard deviation, 0.05.

import { fillNormal } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const randomNormal: Initializer = {
  id: 'randomNormal',
  title: 'Random normal',
  keras: 'RandomNormal',
  kerasConfig: { seed: null, mean: 0, stddev: 0.05 },
  help: 'Normal with standard deviation 0.05, whatever the size of the layer.',
  create: (shape, key) => fillNormal(shape, key, 0.05),
};
