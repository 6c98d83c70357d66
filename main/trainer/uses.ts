// Which programs a job will run on how many rows: known before it begins, so that an engine can prepare them at once.

import type { JobOf } from '../../shared/protocol/trainer.ts';
import type { ProgramUse } from './engines/engine.ts';
import { planOf } from './plan.ts';

/** Whole batches and the rest, where there are any. */
const sizes = (count: number, batchSize: number): number[] => [...new Set([Math.min(count, batchSize), count % batchSize])].filter((size) => size > 0);

export const usesOfRows = (program: ProgramUse['program'], count: number, batchSize: number): ProgramUse[] =>
  sizes(count, batchSize).map((size) => ({ program, batchSize: size }));

/** @throws NetwrightError where the settings leave nothing to train on */
export function usesOf(
  { task, settings }: Pick<JobOf<'train' | 'evaluate' | 'predict'>, 'task' | 'settings'>,
  counts: { train: number; test: number },
): ProgramUse[] {
  const { batchSize } = settings;
  if (task !== 'train') return usesOfRows(task, counts.test, batchSize);
  const { trainCount, validation } = planOf(settings, counts.train);
  const uses = [
    ...usesOfRows('trainStep', trainCount, batchSize),
    ...usesOfRows('evaluate', validation.length, batchSize),
    ...usesOfRows('evaluate', counts.test, batchSize),
  ];
  return uses.filter((use, i) => uses.findIndex((other) => other.program === use.program && other.batchSize === use.batchSize) === i);
}
