// Adds up what batches give until it is the value of an epoch or of a whole part. Knows no engine and no program.

import type { MetricResult } from './contracts.ts';

/** What one batch gave, by output: one number (a loss, a mean over the batch's samples) or the sums of a metric. */
export type BatchSums = Readonly<Record<string, ArrayLike<number>>>;
/** How the sums of each metric become its value; what is not listed is a mean over samples. */
export type MeterResults = Readonly<Record<string, MetricResult>>;
/** A meter as plain JSON, exact: what a checkpoint in the middle of an epoch keeps. */
export interface MeterState {
  readonly samples: number;
  readonly sums: Readonly<Record<string, readonly number[]>>;
}

const keyValue = (results: MeterResults, key: string, sums: ArrayLike<number>, samples: number): number =>
  results[key]?.(sums) ?? (sums[0] as number) / samples;

/** The values of one batch alone. */
export const batchValues = (results: MeterResults, batch: BatchSums): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(batch).map(([key, sums]) => [key, keyValue(results, key, sums, 1)]));

export class Meter {
  private readonly results: MeterResults;
  private readonly sums = new Map<string, Float64Array>();
  private samples = 0;

  /** @param state goes on from there instead of from nothing */
  constructor(results: MeterResults, state: MeterState | null = null) {
    this.results = results;
    if (!state) return;
    this.samples = state.samples;
    for (const [key, sums] of Object.entries(state.sums)) this.sums.set(key, Float64Array.from(sums));
  }

  /** Adds a batch of so many samples. */
  add(batch: BatchSums, samples: number): void {
    this.samples += samples;
    for (const [key, values] of Object.entries(batch)) this.addTo(key, values, this.results[key] ? 1 : samples);
  }

  private addTo(key: string, values: ArrayLike<number>, weight: number): void {
    const sums = this.sums.get(key) ?? new Float64Array(values.length);
    this.sums.set(key, sums);
    for (let i = 0; i < values.length; i++) sums[i] = (sums[i] as number) + (values[i] as number) * weight;
  }

  /** The value of everything added, by key. */
  values(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.sums].map(([key, sums]) => [key, keyValue(this.results, key, sums, this.samples)]));
  }

  state(): MeterState {
    return { samples: this.samples, sums: Object.fromEntries([...this.sums].map(([key, sums]) => [key, [...sums]])) };
  }
}
