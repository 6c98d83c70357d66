// Random uniform within Keras' limits, ±0.05.

import { fillUniform } from './distributions.ts';
import type { Initializer } from './initializer.ts';

export const randomUniform: Initializer = {
  id: 'randomUniform',
  title: 'Random uniform',
  keras: 'RandomUniform',
  kerasConfig: { seed: null, minval: -0.05, maxval: 0.05 },
  help: 'Uniform between -0.05 and 0.05, whatever the size of the layer. The usual start of embeddings.',
  create: (shape, key) => fillUniform(shape, key, 0.05),
};
