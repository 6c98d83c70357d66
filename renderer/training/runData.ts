// What the dock shows of a run, worked out from its snapshot. Pure.

import type { RunSnapshot, RunStatus } from '../../shared/protocol/contract.ts';
import { isShare, metricByKey } from '../../shared/training/metrics/byKey.ts';
import type { NetworkHealth } from '../../shared/training/health.ts';
import { optimizers } from '../../shared/training/optimizers/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { t } from '../text/text.ts';
import { countOf, formatNumber, formatPercent, formatSetting } from '../ui/format.ts';

export type ChartAxis = 'epochs' | 'steps';
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The metric that is shown beside the loss; null while none is known. */
export function mainMetric(run: RunSnapshot): string | null {
  const named = run.record?.metrics[0];
  if (named !== undefined) return named;
  const values = run.epochs.at(-1)?.values ?? run.batches.at(-1)?.values ?? {};
  return Object.keys(values).find((key) => key !== 'loss' && !key.startsWith('val_')) ?? null;
}

/** `Accuracy` for `accuracy`; a metric this version does not know keeps its key. */
export const metricTitle = (key: string): string => {
  const metric = metricByKey(key);
  if (metric?.keras === key) return metric.title;
  return key === 'loss' ? 'Loss' : key;
};

/** Shares as per cent, everything else with four digits. */
export const formatMetric = (key: string, value: number): string => (isShare(key) ? formatPercent(value) : formatNumber(value));

/** How the layers did when that was last looked at, and after which epoch. */
export function healthOf(run: RunSnapshot): { readonly epoch: number; readonly health: NetworkHealth } | null {
  const found = run.epochs.findLast(({ health }) => health !== undefined);
  return found?.health ? { epoch: found.epoch, health: found.health } : null;
}

export function stepsPerEpoch(run: RunSnapshot): number | null {
  if (run.record) return run.record.stepsPerEpoch;
  return null;
}

/** Values of single batches, smoothed by an exponential mean that starts without a bias; `weight` 0 leaves them as they are. */
export function smooth(values: readonly number[], weight: number): readonly number[] {
  if (weight === 0) return values;
  let mean = 0;
  let share = 0;
  return values.map((value) => {
    mean = weight * mean + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return mean / share;
  });
}

/** The curve of the batches for one metric. */
export function batchCurve(run: RunSnapshot, key: string, axis: ChartAxis, weight: number): Curve {
  const points = run.batches.filter((point) => Number.isFinite(point.values[key]));
  const unit = axis === 'epochs' ? (stepsPerEpoch(run) ?? 1) : 1;
  return {
    x: points.map((point) => point.step / unit),
    y: smooth(
      points.map((point) => point.values[key] ?? 0),
      weight,
    ),
  };
}

/** The curve of a value that stands once per epoch, at the epoch's end. */
export function epochCurve(run: RunSnapshot, key: string, axis: ChartAxis): Curve {
  const points = run.epochs.filter((summary) => Number.isFinite(summary.values[key]));
  const unit = axis === 'epochs' ? 1 : (stepsPerEpoch(run) ?? 1);
  return { x: points.map((summary) => summary.epoch * unit), y: points.map((summary) => summary.values[key] ?? 0) };
}

/** The last known value: of the last epoch, before that of the last batch. */
export function lastValue(run: RunSnapshot, key: string): number | null {
  return run.epochs.at(-1)?.values[key] ?? run.batches.at(-1)?.values[key] ?? null;
}

export interface Place {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly share: number;
}
/** Where a run stands: the epoch and the step inside it, both counted from 1. Null before the first step is planned. */
export function placeOf(run: RunSnapshot): Place | null {
  const steps = stepsPerEpoch(run);
  if (steps === null || run.totalSteps === 0) return null;
  const epochs = Math.round(run.totalSteps / steps);
  const epoch = Math.min(epochs, Math.max(1, Math.ceil(run.step / steps)));
  return { epoch, epochs, step: run.step - (epoch - 1) * steps, steps, share: run.step / run.totalSteps };
}

/** Seconds for one step at the present speed. */
export function stepSeconds(run: RunSnapshot): number | null {
  return run.record && run.samplesPerSecond ? run.record.settings.batchSize / run.samplesPerSecond : null;
}

export const statusWords: Readonly<Record<RunStatus, string>> = {
  queued: 'queued',
  preparing: 'preparing',
  running: 'running',
  paused: 'paused',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
};
export const statusTone = (status: RunStatus): 'good' | 'warn' | 'bad' | 'plain' =>
  status === 'running' || status === 'finished' ? 'good' : status === 'failed' ? 'bad' : status === 'paused' || status === 'stopped' ? 'warn' : 'plain';

const isOptimizer = (id: string): id is keyof typeof optimizers => Object.hasOwn(optimizers, id);
export const optimizerTitle = (id: string): string => (isOptimizer(id) ? optimizers[id].title : id);

/** The learning rate that holds: the one set, else the optimizer's own. */
export function learningRateOf({ optimizer: { id, parameters } }: TrainingSettings): number | null {
  const set = parameters['learningRate'];
  if (typeof set === 'number') return set;
  return isOptimizer(id) ? optimizers[id].fields.learningRate.default : null;
}

/** `Adam · learning rate 0.001 · batch 128 · 10 epochs · 10 % validation`. */
export function settingsSummary(settings: TrainingSettings): string {
  const rate = learningRateOf(settings);
  const parts = [
    optimizerTitle(settings.optimizer.id),
    rate === null ? null : t`learning rate ${formatSetting(rate)}`,
    t`batch ${settings.batchSize}`,
    countOf(settings.epochs, 'epoch'),
  ];
  parts.push(settings.validationSplit > 0 ? t`${formatPercent(settings.validationSplit, 0)} validation` : t('no validation'));
  if (settings.limit !== null) parts.push(t`first ${countOf(settings.limit, 'sample')}`);
  return parts.filter((part) => part !== null).join(' · ');
}
