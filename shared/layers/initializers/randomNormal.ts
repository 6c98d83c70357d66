// Random normal, with Keras' standard deviation 0.05 unless told otherwise.

import { fillNormal } from './distributions.ts';
import { deviationField, meanField } from './fields.ts';
import { initializer } from './initializer.ts';

export const randomNormal = initializer({
  id: 'randomNormal',
  title: 'Random normal',
  keras: 'RandomNormal',
  kerasConfig: { seed: null },
  help: 'Normal with a standard deviation of 0.05, whatever the size of the layer; 0.02 is usual in generators and transformers.',
  fields: { mean: meanField(), stddev: deviationField() },
  create: (shape, key, { mean, stddev }) => fillNormal(shape, key, stddev, mean),
});
