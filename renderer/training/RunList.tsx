// All runs of this network, newest on top: to look at an older one, or to remove it.

import { Trash2 } from 'lucide-react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { attempt, isBusy, removeRun } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { formatAgo, formatSeconds } from '../ui/format.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { mostLaid } from './laidRuns.ts';
import { formatMetric, mainMetric, settingsSummary, statusTone, statusWords } from './runData.ts';
import styles from './TrainingDock.module.css';

export interface RunListProps {
  readonly runs: readonly RunSnapshot[];
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
  /** Runs whose curves lie over the one shown. */
  readonly laid: readonly string[];
  readonly onLay: (id: string, on: boolean) => void;
}

export function RunList({ runs, shown, onShow, laid, onLay }: RunListProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('Started')}</th>
          <th scope="col">{t('Status')}</th>
          <th scope="col" className={styles.number}>
            {t('Test')}
          </th>
          <th scope="col" className={styles.number}>
            {t('Time')}
          </th>
          <th scope="col">{t('Settings')}</th>
          <th scope="col">
            <span className="visuallyHidden">{t('do')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs
          .map((run, index) => (
            <RunRow
              key={run.id}
              run={run}
              number={index + 1}
              shown={run.id === shown}
              onShow={onShow}
              laid={laid.includes(run.id)}
              full={laid.length >= mostLaid}
              onLay={onLay}
            />
          ))
          .reverse()}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<RunListProps, 'onShow' | 'onLay'> {
  readonly run: RunSnapshot;
  readonly number: number;
  readonly shown: boolean;
  readonly laid: boolean;
  /** No more runs can be laid over. */
  readonly full: boolean;
}

function RunRow({ run, number, shown, onShow, laid, full, onLay }: RowProps) {
  const metric = mainMetric(run);
  const value = metric === null ? undefined : run.test?.[metric];
  return (
    <tr data-shown={shown}>
      <th scope="row">
        <b>{number}</b> {run.record ? formatAgo(run.record.startedAt, Date.now()) : t('not yet')}
      </th>
      <td>
        <Badge size="small" tone={statusTone(run.status)}>
          {t(statusWords[run.status])}
        </Badge>
      </td>
      <td className={styles.number}>{metric === null || value === undefined ? '–' : formatMetric(metric, value)}</td>
      <td className={styles.number}>{formatSeconds(run.secondsElapsed)}</td>
      <td className={styles.summary}>{run.record ? t`${settingsSummary(run.record.settings)} · seed ${run.record.settings.seed}` : '–'}</td>
      <td>
        <span className={styles.rowActions}>
          {!shown && (
            <Checkbox value={laid} onChange={(on) => onLay(run.id, on)} disabled={run.batches.length === 0 || (full && !laid)}>
              {t('In the charts')}
            </Checkbox>
          )}
          {shown ? (
            <span className={styles.shown}>{t('Shown')}</span>
          ) : (
            <Button size="small" onPress={() => onShow(run.id)}>
              {t('Show')}
            </Button>
          )}
          <IconButton size="small" label={t('Remove this run')} icon={<Trash2 />} disabled={isBusy(run)} onPress={() => attempt(() => removeRun(run.id))} />
        </span>
      </td>
    </tr>
  );
}
