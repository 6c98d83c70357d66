// How many of a dataset's samples train and how many validate, as the settings say.

import { NetwrightError } from '../lib/errors.ts';
import type { TrainingSettings } from './settings.ts';

export interface Split {
  readonly train: number;
  readonly validation: number;
}

/** Splits as Keras does: validation is the end of the training part. @throws NetwrightError where nothing is left to train on */
export function splitOf({ limit, validationSplit }: Pick<TrainingSettings, 'limit' | 'validationSplit'>, available: number): Split {
  const used = Math.min(limit ?? available, available);
  const train = Math.floor(used * (1 - validationSplit));
  if (train >= 1) return { train, validation: used - train };
  throw new NetwrightError({
    kind: 'data',
    code: 'no-samples',
    message: `Of ${used} samples, a validation split of ${validationSplit} leaves none to train on. Use a smaller split or more samples.`,
  });
}

/** The values that an epoch gives, which callbacks can watch. @param metrics as they are called in a run, the loss not among them */
export const watchable = (metrics: readonly string[], { validation }: Pick<Split, 'validation'>): string[] => {
  const own = ['loss', ...metrics];
  return validation === 0 ? own : [...own, ...own.map((key) => `val_${key}`)];
};
