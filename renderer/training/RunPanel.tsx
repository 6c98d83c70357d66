// A run in numbers: how far it is, how fast, what it needs; when it has ended, what came out.

import { useState } from 'react';
import type { PreparationSummary, RunSnapshot } from '../../shared/protocol/contract.ts';
import { attempt, isBusy, setLearningRate, useDatasets, useEngines, useProject } from '../state/index.ts';
import { t, within } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes, formatCount, formatRate, formatSeconds, formatSetting, formatTimeLeft } from '../ui/format.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { EngineWords } from './EngineWords.tsx';
import { formatMetric, learningRateOf, mainMetric, metricTitle, optimizerTitle, placeOf, stepSeconds } from './runData.ts';
import styles from './TrainingDock.module.css';

export function RunPanel({ run }: { readonly run: RunSnapshot }) {
  const busy = isBusy(run);
  return (
    <div className={styles.run}>
      {busy ? <Progress run={run} /> : <Result run={run} />}
      {!busy && run.note !== undefined && <p className={styles.hint}>{t(run.note)}</p>}
      {!busy && <OtherData run={run} />}
      {run.record?.startRemark !== undefined && <p className={styles.hint}>{t(run.record.startRemark)}</p>}
      <Facts run={run} busy={busy} />
      {run.record && <EngineWords record={run.record} />}
      {(run.status === 'running' || run.status === 'paused') && run.record && <RateField key={run.id} run={run} />}
    </div>
  );
}

function Progress({ run }: { readonly run: RunSnapshot }) {
  const place = placeOf(run);
  if (run.status === 'queued') return <p className={styles.line}>{t('Waits until the run before it has ended.')}</p>;
  if (!place) {
    return (
      <>
        <p className={styles.line}>{t('Compiling the network and reading the data')}</p>
        <ProgressBar label={t('Preparing')} value={null} />
      </>
    );
  }
  const preparation = run.preparations?.at(-1);
  if (run.step === 0 && preparation) return <Preparing preparation={preparation} />;
  return (
    <>
      <p className={styles.line}>
        <b>{Math.floor(place.share * 100)} %</b>
        <span>{t`epoch ${formatCount(place.epoch)} of ${formatCount(place.epochs)} · step ${formatCount(place.step)} of ${formatCount(place.steps)}`}</span>
      </p>
      <ProgressBar label={t('Training')} value={place.share} />
      <p className={styles.line}>
        <span className={styles.first}>{run.status === 'paused' ? t('paused') : formatTimeLeft(run.secondsLeft)}</span>
        <span className={styles.end}>{t`${formatSeconds(run.secondsElapsed)} so far`}</span>
      </p>
    </>
  );
}

/** What a layer learns from the data alone, before the first step of the network. */
function Preparing({ preparation: { layer, title, epoch, epochs, values } }: { readonly preparation: PreparationSummary }) {
  return (
    <>
      <p className={styles.line}>
        <b>{layer}</b>
        <span>{t`${within(title)}, epoch ${formatCount(epoch)} of ${formatCount(epochs)}`}</span>
      </p>
      <ProgressBar label={`${layer}: ${t(title)}`} value={epoch / epochs} />
      <p className={styles.line}>
        {Object.entries(values).map(([key, value]) => (
          <span key={key}>
            {t(key.replaceAll('_', ' '))} {formatMetric(key, value)}
          </span>
        ))}
      </p>
    </>
  );
}

function Result({ run }: { readonly run: RunSnapshot }) {
  const metric = mainMetric(run);
  const value = metric === null ? undefined : run.test?.[metric];
  if (!run.test) {
    return (
      <p className={styles.line}>{run.status === 'stopped' ? t('Stopped before the test: there is no test result.') : t('This run has no test result.')}</p>
    );
  }
  return (
    <div className={styles.result}>
      {metric !== null && value !== undefined && (
        <p>
          <span className={styles.caption}>{t`Test ${within(metricTitle(metric))}`}</span>
          <output className={styles.big}>{formatMetric(metric, value)}</output>
        </p>
      )}
      {run.test['loss'] !== undefined && (
        <p>
          <span className={styles.caption}>{t('Test loss')}</span>
          <output className={styles.middle}>{formatMetric('loss', run.test['loss'])}</output>
        </p>
      )}
    </div>
  );
}

/** What a run learned from, where the project has another dataset since. */
function OtherData({ run: { record } }: { readonly run: RunSnapshot }) {
  const { dataset } = useProject();
  const datasets = useDatasets();
  if (!record || record.dataset === dataset) return null;
  const title = datasets.find(({ id }) => id === record.dataset)?.title ?? record.dataset;
  return <p className={styles.hint}>{t`On ${t(title)}, not on the project’s dataset of now.`}</p>;
}

function Facts({ run, busy }: { readonly run: RunSnapshot; readonly busy: boolean }) {
  const step = stepSeconds(run);
  const { record } = run;
  const engines = useEngines();
  const rows: readonly (readonly [string, string, string?])[] = [
    ...(run.samplesPerSecond === null ? [] : [[t('Speed'), formatRate(run.samplesPerSecond), t('samples / s')] as const]),
    ...(step === null ? [] : [[t('Step'), formatSeconds(step)] as const]),
    ...(run.memory === null || record?.peakMemory !== undefined ? [] : [[t('Trainer memory'), formatBytes(run.memory)] as const]),
    ...(record?.streamed ? [[t('Data'), t('streamed from disk')] as const] : []),
    ...(record?.peakMemory === undefined ? [] : [[t('Trainer memory'), formatBytes(record.peakMemory), t('peak')] as const]),
    ...(busy || run.secondsElapsed === 0 ? [] : [[t('Time'), formatSeconds(run.secondsElapsed)] as const]),
    ...(record && !busy
      ? [
          [t('Samples'), `${formatCount(record.samples.train)} + ${formatCount(record.samples.validation)} + ${formatCount(record.samples.test)}`] as const,
          [t('Optimizer'), `${optimizerTitle(record.settings.optimizer.id)}, ${formatSetting(learningRateOf(record.settings) ?? Number.NaN)}`] as const,
          [
            t('Engine'),
            `${engines?.find(({ id }) => id === record.engine)?.title ?? record.engine} ${record.engineVersion}`,
            record.device.toUpperCase(),
          ] as const,
        ]
      : []),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value, unit]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {unit && <small>{unit}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RateField({ run }: { readonly run: RunSnapshot }) {
  const first = run.record ? (learningRateOf(run.record.settings) ?? 0.001) : 0.001;
  const [rate, setRate] = useState(first);
  const [applied, setApplied] = useState(first);
  const apply = () =>
    attempt(async () => {
      await setLearningRate(run.id, rate);
      setApplied(rate);
    });
  return (
    <div className={styles.rate}>
      <NumberField label={t('Learning rate')} labels="beside" value={rate} onChange={setRate} min={0} exclusiveMin scale="log" />
      <Button onPress={apply} disabled={rate === applied} label={t('Apply the learning rate from the next step')}>
        {t('Apply')}
      </Button>
    </div>
  );
}
