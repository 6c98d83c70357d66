// Parameters that several metrics have. No metric itself.

import { integer, number } from '../../lib/fields.ts';

export const thresholdField = (keras = 'threshold') =>
  number({ label: 'Threshold', help: 'Above it an output counts as “yes”.', keras, min: 0, max: 1, default: 0.5 });

export const topKField = () => integer({ label: 'k', help: 'Among so many of the largest outputs the right class must be.', min: 1, max: 100_000, default: 5 });
