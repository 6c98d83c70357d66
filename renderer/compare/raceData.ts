// A race as lanes (one per network) and rows (one per measure), worked out from runs and analyses. Pure.

import type { Analysis } from '../../shared/compile/types.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { usualMetrics } from '../../shared/training/chooseLoss.ts';
import type { Task } from '../../shared/training/contracts.ts';
import { isShare, metricByKey } from '../../shared/training/metrics/byKey.ts';
import { metricOf } from '../../shared/training/metrics/index.ts';
import { optimizers } from '../../shared/training/optimizers/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { formatBytes, formatCount, formatLarge, formatNumber, formatPercent, formatSeconds } from '../ui/format.ts';
import { t, within } from '../text/text.ts';
import type { Contestant } from './verdict.ts';

export interface Lane {
  readonly network: Network;
  /** A token's name. */
  readonly colour: string;
  readonly analysis: Analysis;
  /** Errors that keep it from racing. */
  readonly problems: readonly Problem[];
  readonly run: RunSnapshot | null;
  /** The network was changed after its run: what was measured belongs to the version that ran. */
  readonly changed: boolean;
}

interface Runs {
  readonly runs: Readonly<Record<string, RunSnapshot>>;
  readonly order: readonly string[];
}

/** The runs of the newest race in which one of these networks took part. */
export function runsOfLastRace({ runs, order }: Runs, networkIds: readonly string[]): readonly RunSnapshot[] {
  const all = order.flatMap((id) => runs[id] ?? []);
  const race = all.findLast((run) => run.race !== null && networkIds.includes(run.networkId))?.race;
  return race === undefined || race === null ? [] : all.filter((run) => run.race === race);
}

/** Whether two versions of a network compute the same: positions and the network's own name do not count. */
export function sameNetwork(a: Network, b: Network): boolean {
  const meaning = ({ nodes, edges }: Network) =>
    JSON.stringify([
      nodes.map(({ id, kind, name, parameters }) => [id, kind, name, Object.entries(parameters).sort()]),
      edges.map(({ source, target, input }) => [source, target, input]),
    ]);
  return meaning(a) === meaning(b);
}

/** The metric a race is about: the first of the first run that has started; before that, the first one it will have. */
export function raceMetric(lanes: readonly Lane[], settings: TrainingSettings, task: Task | null): string | null {
  const raced = lanes.map((lane) => lane.run?.record?.metrics[0]).find((metric) => metric !== undefined);
  const first = settings.metrics[0];
  return raced ?? (first === undefined ? null : metricOf(first).keras) ?? (task === null ? null : (usualMetrics(task)[0] ?? null));
}

export function titleOfMetric(key: string): string {
  const metric = metricByKey(key);
  return metric?.keras === key ? metric.title : key;
}
const isOptimizer = (id: string): id is keyof typeof optimizers => Object.hasOwn(optimizers, id);
export const titleOfOptimizer = (id: string): string => (isOptimizer(id) ? optimizers[id].title : id);
export const formatValue = (key: string, value: number): string => (isShare(key) ? formatPercent(value) : formatNumber(value));

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly better: 'higher' | 'lower';
  /** Null: not known for this lane. */
  readonly value: (lane: Lane) => number | null;
  readonly format: (value: number) => string;
  /** Stands out, with larger figures and no bar. */
  readonly main?: boolean;
}

const secondsPerEpoch = ({ run }: Lane): number | null =>
  run && run.epochs.length > 0 ? run.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0) / run.epochs.length : null;
const ended = ({ run }: Lane): boolean => run?.status === 'finished' || run?.status === 'stopped';
const parametersOf = ({ run, analysis, problems }: Lane): number | null =>
  run?.record?.parameters ?? (problems.length > 0 ? null : analysis.totals.trainable + analysis.totals.nonTrainable);

/** The measure by which a lane is put on the cost axis, and the rows of the table. */
export function rowsFor(metric: string | null): readonly Row[] {
  const measured: Row[] =
    metric === null
      ? []
      : [
          {
            id: 'metric',
            title: t`Test ${within(titleOfMetric(metric))}`,
            note: 'one run',
            better: metricByKey(metric)?.better ?? 'lower',
            value: ({ run }) => run?.test?.[metric] ?? null,
            format: (value) => formatValue(metric, value),
            main: true,
          },
        ];
  return [
    ...measured,
    { id: 'loss', title: 'Test loss', better: 'lower', value: ({ run }) => run?.test?.['loss'] ?? null, format: (value) => formatNumber(value) },
    { id: 'parameters', title: 'Parameters', better: 'lower', value: parametersOf, format: formatCount },
    {
      id: 'multiplyAdds',
      title: 'Multiply-adds',
      note: 'per sample',
      better: 'lower',
      value: ({ analysis, problems, changed }) => (problems.length > 0 || changed ? null : analysis.totals.multiplyAdds),
      format: formatLarge,
    },
    { id: 'epoch', title: 'Time per epoch', note: 'mean', better: 'lower', value: secondsPerEpoch, format: formatSeconds },
    { id: 'total', title: 'Training time', better: 'lower', value: (lane) => (ended(lane) ? (lane.run?.secondsElapsed ?? null) : null), format: formatSeconds },
    { id: 'memory', title: 'Trainer memory', note: 'peak', better: 'lower', value: ({ run }) => run?.record?.peakMemory ?? null, format: formatBytes },
  ];
}

export interface Cell {
  readonly value: number | null;
  readonly text: string /** 0 to 1 of the row's largest. */;
  readonly share: number;
  readonly best: boolean;
}

/** A row's cells; the best is marked only where there is something to compare with. */
export function cellsOf(row: Row, lanes: readonly Lane[]): readonly Cell[] {
  const values = lanes.map(row.value);
  const known = values.filter((value) => value !== null);
  const largest = Math.max(...known, 0);
  const bestOf = row.better === 'higher' ? Math.max(...known) : Math.min(...known);
  const comparable = known.length > 1 && known.some((value) => value !== known[0]);
  return values.map((value) => ({
    value,
    text: value === null ? '–' : row.format(value),
    share: value === null || largest === 0 ? 0 : value / largest,
    best: comparable && value === bestOf,
  }));
}

/** The lanes with a test accuracy, for the verdict. */
export function contestants(lanes: readonly Lane[]): readonly Contestant[] {
  return lanes.flatMap(({ network, run }) => {
    const accuracy = run?.test?.['accuracy'];
    return accuracy === undefined || !run?.record ? [] : [{ name: network.name, accuracy, samples: run.record.samples.test }];
  });
}

export type CurveAxis = 'epochs' | 'seconds';
/** A value's course over the epochs; `validation` false where the run has none and the training value stands in. */
export function courseOf(
  run: RunSnapshot,
  key: string,
  axis: CurveAxis,
): { readonly x: readonly number[]; readonly y: readonly number[]; readonly validation: boolean } {
  const validation = run.epochs.some((epoch) => epoch.values[`val_${key}`] !== undefined);
  const name = validation ? `val_${key}` : key;
  let seconds = 0;
  const points = run.epochs.flatMap((epoch) => {
    seconds += epoch.seconds;
    const value = epoch.values[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ x: axis === 'epochs' ? epoch.epoch : seconds, y: value }];
  });
  return { x: points.map((point) => point.x), y: points.map((point) => point.y), validation };
}
