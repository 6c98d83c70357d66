// All runs of this network, newest on top: to look at an older one, or to remove it.

import { Trash2 } from 'lucide-react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { attempt, isBusy, removeRun } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { formatAgo, formatSeconds } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { formatMetric, mainMetric, settingsSummary, statusTone, statusWords } from './runData.ts';
import styles from './TrainingDock.module.css';

export interface RunListProps {
  readonly runs: readonly RunSnapshot[];
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

export function RunList({ runs, shown, onShow }: RunListProps) {
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
        {runs.toReversed().map((run) => (
          <RunRow key={run.id} run={run} shown={run.id === shown} onShow={onShow} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run, shown, onShow }: { readonly run: RunSnapshot; readonly shown: boolean; readonly onShow: (id: string) => void }) {
  const metric = mainMetric(run);
  const value = metric === null ? undefined : run.test?.[metric];
  return (
    <tr data-shown={shown}>
      <th scope="row">{run.record ? formatAgo(run.record.startedAt, Date.now()) : t('not yet')}</th>
      <td>
        <Badge size="small" tone={statusTone(run.status)}>
          {t(statusWords[run.status])}
        </Badge>
      </td>
      <td className={styles.number}>{metric === null || value === undefined ? '–' : formatMetric(metric, value)}</td>
      <td className={styles.number}>{formatSeconds(run.secondsElapsed)}</td>
      <td className={styles.summary}>{run.record ? t`${settingsSummary(run.record.settings)} · seed ${run.record.settings.seed}` : '–'}</td>
      <td className={styles.rowActions}>
        {shown ? (
          <span className={styles.shown}>{t('Shown')}</span>
        ) : (
          <Button size="small" onPress={() => onShow(run.id)}>
            {t('Show')}
          </Button>
        )}
        <IconButton size="small" label={t('Remove this run')} icon={<Trash2 />} disabled={isBusy(run)} onPress={() => attempt(() => removeRun(run.id))} />
      </td>
    </tr>
  );
}
