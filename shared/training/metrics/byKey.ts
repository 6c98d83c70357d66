// From a key of a history (`accuracy`, `val_auc`, `digit_f1_score`) back to the metric.

import type { AnyMetric } from '../contracts.ts';
import { metrics } from './index.ts';

const all: readonly AnyMetric[] = Object.values(metrics as Readonly<Record<string, AnyMetric>>);

/** The metric that gives the values under a key, whichever output or part they are of, or which one of its kind it is; undefined for losses and unknown keys. */
export function metricByKey(numbered: string): AnyMetric | undefined {
  const key = numbered.replace(/_\d+$/, '');
  const fitting = all.filter(({ keras }) => key === keras || key.endsWith(`_${keras}`));
  return fitting.toSorted((a, b) => b.keras.length - a.keras.length)[0];
}

/** Whether a value is a share, to be read in per cent. */
export const isShare = (key: string): boolean => metricByKey(key)?.keras.endsWith('accuracy') ?? false;
