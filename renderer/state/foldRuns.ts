// Folds what the trainer tells about runs into snapshots that can be drawn. Pure; history is bounded however long a run is.

import type { BatchPoint, EpochSummary, PreparationSummary, RunProgress, RunSnapshot } from '../../shared/protocol/contract.ts';

/** Points of the batch curve kept in a window; above it every second one goes. */
export const batchLimit = 4000;

function thinned(points: readonly BatchPoint[]): readonly BatchPoint[] {
  return points.length <= batchLimit ? points : points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
}

/** Old and new points; what was already there (a snapshot and an event can overlap) is not taken twice. */
export function joinBatches(old: readonly BatchPoint[], more: readonly BatchPoint[]): readonly BatchPoint[] {
  const last = old.at(-1)?.step ?? -1;
  const fresh = more.filter((point) => point.step > last);
  return fresh.length === 0 ? old : thinned([...old, ...fresh]);
}

function joinEpochs(old: readonly EpochSummary[], more: readonly EpochSummary[]): readonly EpochSummary[] {
  const known = new Set(old.map((summary) => summary.epoch));
  const fresh = more.filter((summary) => !known.has(summary.epoch));
  return fresh.length === 0 ? old : [...old, ...fresh].sort((a, b) => a.epoch - b.epoch);
}

function joinPreparations(old: readonly PreparationSummary[], more: readonly PreparationSummary[]): readonly PreparationSummary[] {
  const isKnown = (one: PreparationSummary) => old.some(({ layer, epoch }) => layer === one.layer && epoch === one.epoch);
  return [...old, ...more.filter((one) => !isKnown(one))];
}

/** The snapshot after an event. */
export function foldProgress(run: RunSnapshot, event: RunProgress): RunSnapshot {
  const { batches, epochs, preparations = [], test, error, record, ...now } = event;
  return {
    ...run,
    ...now,
    batches: joinBatches(run.batches, batches),
    epochs: joinEpochs(run.epochs, epochs),
    ...(preparations.length > 0 ? { preparations: joinPreparations(run.preparations ?? [], preparations) } : {}),
    test: test ?? run.test,
    error: error ?? run.error,
    record: record ?? run.record,
  };
}
