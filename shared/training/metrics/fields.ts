// Parameters that several metrics have. No metric itself.

import { integer, number, optionalInteger, optionalNumber } from '../../lib/fields.ts';

export const thresholdField = (keras = 'threshold') =>
  number({ label: 'Threshold', help: 'Above it an output counts as “yes”.', keras, min: 0, max: 1, default: 0.5 });

export const optionalThresholdField = (keras = 'threshold') =>
  optionalNumber({
    label: 'Threshold',
    help: 'Above it an output counts as “yes”. Left empty: 0.5, or any value where the largest k are asked for.',
    keras,
    min: 0,
    max: 1,
    default: null,
  });

export const topKField = () => integer({ label: 'k', help: 'Among so many of the largest outputs the right class must be.', min: 1, max: 100_000, default: 5 });

/** As `topKField` where it may be left out. */
export const amongField = () =>
  optionalInteger({
    label: 'Among the largest',
    help: 'Only so many of the largest outputs of a sample say “yes”. Left empty: all may.',
    keras: 'top_k',
    level: 'advanced',
    min: 1,
    max: 100_000,
    default: null,
  });

export const classIdField = () =>
  optionalInteger({
    label: 'Class',
    help: 'Counts the outputs of this class alone, the first being 0. Left empty: all classes.',
    level: 'advanced',
    min: 0,
    max: 1_000_000,
    default: null,
  });
