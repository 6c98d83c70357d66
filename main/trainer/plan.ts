// Which rows are seen when: the split and the order of every epoch, as a pure function of the settings.

import { permutation, randomKey } from '../../shared/lib/random.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { splitOf } from '../../shared/training/split.ts';

export interface Plan {
  readonly trainCount: number;
  readonly validation: Int32Array;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** The training rows of an epoch (from 1) in the order in which they are seen. */
  order(epoch: number): Int32Array;
}

/** 0, 1, …, count - 1, moved by `from`. */
export const rowsFrom = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => from + i);

/** Rows in batches; the last one may be shorter. */
export function* batchesOf(rows: Int32Array, batchSize: number): Generator<Int32Array> {
  for (let start = 0; start < rows.length; start += batchSize) yield rows.subarray(start, start + batchSize);
}

/** Says which rows are needed soon, so that they can be read from disk meanwhile. */
export type Ahead = (rows: Int32Array) => void;
/** So many batches are announced together, as many are worked on meanwhile. */
const GROUP = 8;

/** Rows in batches that are gone through once, in order; each group of them is announced while the one before it is worked on. */
export function* batchesAhead(rows: Int32Array, batchSize: number, ahead: Ahead | undefined): Generator<Int32Array> {
  let i = 0;
  for (const batch of batchesOf(rows, batchSize)) {
    const next = rows.subarray((i + GROUP) * batchSize, (i + 2 * GROUP) * batchSize);
    if (i++ % GROUP === 0 && next.length > 0) ahead?.(next);
    yield batch;
  }
}

/** Splits as Keras does: validation is the end of the training part before shuffling. @throws NetwrightError where nothing is left to train on */
export function planOf(settings: TrainingSettings, available: number): Plan {
  const { train: trainCount, validation } = splitOf(settings, available);
  const stepsPerEpoch = Math.ceil(trainCount / settings.batchSize);
  return {
    trainCount,
    validation: rowsFrom(trainCount, validation),
    stepsPerEpoch,
    totalSteps: stepsPerEpoch * settings.epochs,
    order: (epoch) => (settings.shuffle ? permutation(randomKey(settings.seed, 'order', epoch), trainCount) : rowsFrom(0, trainCount)),
  };
}
