// Truncated normal, with Keras' standard deviation before the cut, 0.05, unless told otherwise.

import { fillTruncatedNormal } from './distributions.ts';
import { deviationField, meanField } from './fields.ts';
import { initializer } from './initializer.ts';

export const truncatedNormal = initializer({
  id: 'truncatedNormal',
  title: 'Truncated normal',
  keras: 'TruncatedNormal',
  kerasConfig: { seed: null },
  help: 'Normal with a standard deviation of 0.05; draws beyond two standard deviations are drawn again.',
  fields: { mean: meanField(), stddev: deviationField() },
  create: (shape, key, { mean, stddev }) => fillTruncatedNormal(shape, key, stddev, mean),
});
