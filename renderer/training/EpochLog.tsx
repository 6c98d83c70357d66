// The epochs of a run as a table, newest on top.

import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { t, within } from '../text/text.ts';
import { formatRate, formatSeconds } from '../ui/format.ts';
import { formatMetric, metricTitle } from './runData.ts';
import styles from './TrainingDock.module.css';

const titleOf = (key: string): string => (key.startsWith('val_') ? t`Validation ${within(metricTitle(key.slice(4)))}` : t(metricTitle(key)));

export function EpochLog({ run }: { readonly run: RunSnapshot }) {
  const keys = [...new Set(run.epochs.flatMap((epoch) => Object.keys(epoch.values)))];
  if (run.epochs.length === 0) return <p className={styles.hint}>{t('No epoch has ended yet. Each adds a row here.')}</p>;
  return (
    <table className={styles.table} data-numbers>
      <thead>
        <tr>
          <th scope="col">{t('Epoch')}</th>
          {keys.map((key) => (
            <th key={key} scope="col">
              {titleOf(key)}
            </th>
          ))}
          <th scope="col">{t('Time')}</th>
          <th scope="col">{t('Samples / s')}</th>
        </tr>
      </thead>
      <tbody>
        {run.epochs.toReversed().map((epoch) => (
          <tr key={epoch.epoch}>
            <th scope="row">{epoch.epoch}</th>
            {keys.map((key) => (
              <td key={key}>{epoch.values[key] === undefined ? '–' : formatMetric(key.replace('val_', ''), epoch.values[key])}</td>
            ))}
            <td>{formatSeconds(epoch.seconds)}</td>
            <td>{formatRate(epoch.samplesPerSecond)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
