// The race as curves, and what accuracy costs.

import { useMemo, useState } from 'react';
import { localNumber, t, tLabels, within } from '../text/text.ts';
import type { Series } from '../ui/chartTypes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatLarge, formatNumber } from '../ui/format.ts';
import { LineChart } from '../ui/LineChart.tsx';
import { ScatterChart } from '../ui/ScatterChart.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { type CurveAxis, courseOf, formatValue, type Lane, rowsFor, titleOfMetric } from './raceData.ts';
import styles from './RaceView.module.css';
import { standardError } from './verdict.ts';

const axes = [
  { value: 'epochs', label: 'Epochs' },
  { value: 'seconds', label: 'Seconds' },
] as const;
const costs = [
  { value: 'total', label: 'Time' },
  { value: 'parameters', label: 'Parameters' },
  { value: 'multiplyAdds', label: 'Multiply-adds' },
] as const;
const costWords = { total: 'seconds of training, log scale', parameters: 'parameters, log scale', multiplyAdds: 'multiply-adds per sample, log scale' };

const share = (value: number): string => localNumber(String(Number((value * 100).toFixed(2))));
const wholeEpoch = (x: number): string => (Number.isInteger(x) ? String(x) : '');
const epochWords = (x: number): string => t`epoch ${x}`;
const secondWords = (x: number): string => t`after ${formatNumber(x, 3)} s`;

export function RaceCharts({ lanes, metric }: { readonly lanes: readonly Lane[]; readonly metric: string | null }) {
  const [axis, setAxis] = useState<CurveAxis>('epochs');
  const [shown, setShown] = useState<'metric' | 'loss'>('metric');
  const key = shown === 'loss' || metric === null ? 'loss' : metric;
  const { series, validation } = useMemo(() => seriesOf(lanes, key, axis), [lanes, key, axis]);
  const epochs = Math.max(0, ...lanes.map((lane) => lane.run?.record?.settings.epochs ?? 0)) || undefined;
  const value = `${key === 'loss' ? within('Loss') : within(titleOfMetric(key))}${key === 'accuracy' ? ', %' : ''}`;
  const title = validation ? t`Validation ${value}` : t`Training ${value}`;
  return (
    <div className={styles.charts}>
      <section className={styles.card} aria-label={title}>
        <header className={styles.cardHead}>
          <h2>{title}</h2>
          <span className={styles.choices}>
            {metric !== null && (
              <Segmented
                label={t('Value')}
                value={shown}
                onChange={setShown}
                options={[
                  { value: 'metric', label: t(titleOfMetric(metric)) },
                  { value: 'loss', label: t('Loss') },
                ]}
              />
            )}
            <Segmented label={t('Axis')} value={axis} onChange={setAxis} options={tLabels(axes)} />
          </span>
        </header>
        <div className={styles.plot}>
          {series.some((one) => one.x.length > 0) ? (
            <LineChart
              label={title}
              series={series}
              xStart={axis === 'epochs' ? 1 : 0}
              xEnd={axis === 'epochs' ? epochs : undefined}
              formatX={axis === 'epochs' ? wholeEpoch : formatNumber}
              xLabel={axis === 'epochs' ? t('epoch') : 's'}
              formatY={key === 'accuracy' ? share : formatNumber}
              describeX={axis === 'epochs' ? epochWords : secondWords}
            />
          ) : (
            <EmptyState title={t('No curves yet')}>{t('Each network adds a point at the end of every epoch.')}</EmptyState>
          )}
        </div>
      </section>
      <CostCard lanes={lanes} metric={metric} />
    </div>
  );
}

function seriesOf(lanes: readonly Lane[], key: string, axis: CurveAxis): { readonly series: readonly Series[]; readonly validation: boolean } {
  const courses = lanes.flatMap(({ network, run, colour }) =>
    run ? [{ id: network.id, label: network.name, endLabel: network.name, colour, marked: run.epochs.length < 30, ...courseOf(run, key, axis) }] : [],
  );
  return { series: courses, validation: courses.every((course) => course.validation || course.x.length === 0) };
}

function CostCard({ lanes, metric }: { readonly lanes: readonly Lane[]; readonly metric: string | null }) {
  const [cost, setCost] = useState<keyof typeof costWords>('total');
  const row = rowsFor(metric).find((one) => one.id === cost);
  const points = lanes.flatMap((lane) => {
    const x = row?.value(lane) ?? null;
    const y = metric === null ? undefined : lane.run?.test?.[metric];
    if (x === null || x <= 0 || y === undefined) return [];
    const error = metric === 'accuracy' ? standardError(y, lane.run?.record?.samples.test ?? 1) : undefined;
    return [{ id: lane.network.id, label: lane.network.name, colour: lane.colour, x, y, error }];
  });
  const title = t`${t(metric === null ? 'Accuracy' : titleOfMetric(metric))} against cost`;
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.cardHead}>
        <h2>{title}</h2>
        <small className={styles.quiet}>{metric === 'accuracy' ? t('test %, bar: ± 1 standard error') : t('test')}</small>
        <span className={styles.choices}>
          <Segmented label={t('Cost')} value={cost} onChange={setCost} options={tLabels(costs)} />
        </span>
      </header>
      <div className={styles.plot}>
        {points.length > 0 && metric !== null ? (
          <ScatterChart
            label={title}
            points={points}
            xLabel={t(costWords[cost])}
            logX
            maxY={metric === 'accuracy' ? 1 : undefined}
            formatX={formatLarge10}
            formatY={metric === 'accuracy' ? share : (value) => formatValue(metric, value)}
          />
        ) : (
          <EmptyState title={t('No test results yet')}>{t('A point stands here for each network that has finished.')}</EmptyState>
        )}
      </div>
    </section>
  );
}

const formatLarge10 = (value: number): string => (value < 10_000 ? formatNumber(value, 3) : formatLarge(value).replace(/[.,]0+ /, ' '));
