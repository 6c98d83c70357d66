// Truncated normal with Keras' standard deviation before the cut, 0.05.

import { fillTruncatedNormal } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const truncatedNormal: Initializer = {
  id: 'truncatedNormal',
  title: 'Truncated normal',
  keras: 'TruncatedNormal',
  kerasConfig: { seed: null, mean: 0, stddev: 0.05 },
  help: 'Normal with standard deviation 0.05; draws beyond two standard deviations are drawn again.',
  create: (shape, key) => fillTruncatedNormal(shape, key, 0.05),
};
