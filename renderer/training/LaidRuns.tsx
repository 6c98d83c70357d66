// The runs whose curves lie over one another, in words: which line is which, what was set otherwise, what each came to in the test.

import { X } from 'lucide-react';
import { t } from '../text/text.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { LineSample } from '../ui/LineChart.tsx';
import { differenceWords, isValidated, type LaidRun } from './laidRuns.ts';
import { formatMetric, mainMetric } from './runData.ts';
import styles from './TrainingDock.module.css';

/** The test value, or that there is none. */
function testWords({ run }: Pick<LaidRun, 'run'>): string {
  const metric = mainMetric(run);
  const value = metric === null ? undefined : run.test?.[metric];
  return metric === null || value === undefined ? t('no test result') : t`test ${formatMetric(metric, value)}`;
}

export interface LaidRunsProps {
  readonly shown: LaidRun;
  readonly laid: readonly LaidRun[];
  readonly onTakeOff: (id: string) => void;
}

export function LaidRuns({ shown, laid, onTakeOff }: LaidRunsProps) {
  const { record } = shown.run;
  const validated = isValidated([shown, ...laid].map(({ run }) => run));
  if (laid.length === 0) return null;
  return (
    <ul className={styles.laid} aria-label={t('Runs in the charts')}>
      <li>
        <LineSample colour={validated ? '--text' : shown.colour} dashed={validated} />
        <b>{t`Run ${shown.number}`}</b> {t('shown')} · {testWords(shown)}
      </li>
      {laid.map((one) => (
        <li key={one.run.id}>
          <LineSample colour={one.colour} dashed={validated} />
          <b>{t`Run ${one.number}`}</b> {record && one.run.record && differenceWords(record, one.run.record)} · {testWords(one)}
          <IconButton size="small" label={t`Take run ${one.number} off the charts`} icon={<X />} onPress={() => onTakeOff(one.run.id)} />
        </li>
      ))}
    </ul>
  );
}
