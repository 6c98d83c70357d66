// Means over batches of different sizes: an epoch's value is the mean over its samples.

import type { MetricValues } from '../../shared/protocol/contract.ts';

export class WeightedMean {
  private readonly sums = new Map<string, number>();
  private weight = 0;

  add(values: MetricValues, weight: number): void {
    for (const [key, value] of Object.entries(values)) this.sums.set(key, (this.sums.get(key) ?? 0) + value * weight);
    this.weight += weight;
  }

  /** @param prefix put before every key (`val_`) */
  values(prefix = ''): MetricValues {
    return Object.fromEntries([...this.sums].map(([key, sum]) => [`${prefix}${key}`, sum / this.weight]));
  }
}
