// Loss and the first metric of a run as it goes on. Training is solid, by batch; validation is dashed, once per epoch.

import { useMemo } from 'react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { isShare } from '../../shared/training/metrics/byKey.ts';
import { isBusy } from '../state/index.ts';
import { t } from '../text/text.ts';
import type { Series } from '../ui/chartTypes.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { ChartLegend, LineChart } from '../ui/LineChart.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { isValidated, laidCurve, type LaidRun } from './laidRuns.ts';
import { batchCurve, type ChartAxis, type Curve, epochCurve, formatMetric, lastValue, mainMetric, metricTitle, stepsPerEpoch } from './runData.ts';
import styles from './TrainingDock.module.css';

export interface CurvesProps {
  readonly run: RunSnapshot;
  readonly axis: ChartAxis;
  readonly smoothing: number;
  readonly logLoss: boolean;
  /** The token of the network's hue, the same as in a race. */
  readonly colour: string;
  readonly onLogLoss: (on: boolean) => void;
  /** Other runs of the network that lie over it. */
  readonly laid: readonly LaidRun[];
}

/** Of each run that lies over the one shown, the line that can be compared. */
function laidSeries({ run, metric: key, axis, smoothing, laid }: MetricChartProps): readonly Series[] {
  const validated = isValidated([run, ...laid.map((one) => one.run)]);
  return laid.map((one) => ({
    id: one.run.id,
    label: t`run ${one.number}`,
    colour: one.colour,
    ...(validated && { dashed: true, marked: true }),
    ...inShares(key, laidCurve(one, key, axis, smoothing, validated)),
  }));
}

function seriesOf(props: MetricChartProps): readonly Series[] {
  const { run, metric: key, axis, smoothing, colour } = props;
  const training = {
    id: 'training',
    label: smoothing > 0 ? t('training, smoothed') : t('training, each batch'),
    colour,
    ...inShares(key, batchCurve(run, key, axis, smoothing)),
  };
  const validation = {
    id: 'validation',
    label: t('validation'),
    colour: '--text',
    dashed: true,
    marked: true,
    ...inShares(key, epochCurve(run, `val_${key}`, axis)),
  };
  const own = validation.x.length > 0 || (run.record?.samples.validation ?? 0) > 0 ? [training, validation] : [training];
  return [...own, ...laidSeries(props)];
}

export function Curves({ run, axis, smoothing, logLoss, onLogLoss, colour, laid }: CurvesProps) {
  const metric = mainMetric(run);
  const total = run.totalSteps / (axis === 'epochs' ? (stepsPerEpoch(run) ?? 1) : 1);
  const xEnd = isBusy(run) && total > 0 ? total : undefined;
  const shared = { axis, xEnd, run, smoothing, colour, laid };
  return (
    <div className={styles.charts}>
      <MetricChart {...shared} metric="loss" logY={logLoss}>
        <Checkbox value={logLoss} onChange={onLogLoss}>
          {t('log scale')}
        </Checkbox>
      </MetricChart>
      {metric !== null && <MetricChart {...shared} metric={metric} />}
    </div>
  );
}

interface MetricChartProps {
  readonly run: RunSnapshot;
  readonly metric: string;
  readonly axis: ChartAxis;
  readonly smoothing: number;
  readonly colour: string;
  readonly laid: readonly LaidRun[];
  readonly xEnd: number | undefined;
  readonly logY?: boolean;
  readonly children?: React.ReactNode;
}

const epochPlace = (x: number): string => (Number.isInteger(x) && x > 0 ? t`end of epoch ${x}` : t`epoch ${formatNumber(x, 3)}`);
const stepPlace = (x: number): string => t`step ${formatCount(x)}`;

function MetricChart(props: MetricChartProps) {
  const { run, metric, axis, smoothing, colour, laid, xEnd, logY, children } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a chart is made of, and not every new object around it
  const series = useMemo(() => seriesOf(props), [run, metric, axis, smoothing, colour, laid]);
  const validated = lastValue(run, `val_${metric}`);
  const value = validated ?? lastValue(run, metric);
  const title = t(metricTitle(metric));
  const formatY = isShare(metric) ? perCent : formatNumber;
  return (
    <section className={styles.chart} aria-label={title}>
      <header className={styles.chartHead}>
        <h3>{title}</h3>
        {value !== null && (
          <span>
            <output>{formatMetric(metric, value)}</output> {validated === null ? t('training') : t('validation')}
          </span>
        )}
        <span className={styles.end} />
        {children}
        <ChartLegend series={series} />
      </header>
      <div className={styles.plot}>
        <LineChart label={title} series={series} xEnd={xEnd} logY={logY} formatY={formatY} describeX={axis === 'epochs' ? epochPlace : stepPlace} />
      </div>
    </section>
  );
}

/** A tick or a value: `92.5 %`. */
const perCent = (value: number): string => `${formatNumber(value)} %`;

/** Shares are drawn in per cent, as they are written. */
const inShares = (key: string, { x, y }: Curve): Curve => ({ x, y: isShare(key) ? y.map((value) => 100 * value) : y });
