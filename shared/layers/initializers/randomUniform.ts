// Random uniform within Keras' limits, ±0.05, unless told otherwise.

import { fillUniform } from './distributions.ts';
import { limitField } from './fields.ts';
import { initializer } from './initializer.ts';

export const randomUniform = initializer({
  id: 'randomUniform',
  title: 'Random uniform',
  keras: 'RandomUniform',
  kerasConfig: { seed: null },
  help: 'Uniform between -0.05 and 0.05, whatever the size of the layer. The usual start of embeddings.',
  fields: { minval: limitField('Smallest', -0.05), maxval: limitField('Largest', 0.05) },
  create: (shape, key, { minval, maxval }) => fillUniform(shape, key, (maxval - minval) / 2, (minval + maxval) / 2),
});
