// The dock's own line: open or closed, what is going on, and the buttons that steer it.

import { ChevronDown, ChevronUp, Pause, Play, RotateCcw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { train } from '../actions/index.ts';
import {
  attempt,
  isBusy,
  pauseRun,
  resumeRun,
  setPanel,
  showNetwork,
  stopRun,
  useBusyRun,
  useNetworks,
  usePanel,
  useTrainingSettings,
} from '../state/index.ts';
import { t, within } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { formatAgo, formatSetting, formatTimeLeft } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { Sparkline } from '../ui/Sparkline.tsx';
import { canGoOn } from './failure.ts';
import { formatMetric, learningRateOf, mainMetric, metricTitle, optimizerTitle, placeOf, settingsSummary, statusTone, statusWords } from './runData.ts';
import styles from './TrainingDock.module.css';

export interface DockBarProps {
  readonly run: RunSnapshot | null;
  /** The token of the network's hue. */
  readonly colour: string;
  readonly networkName: string;
  readonly onEdit: () => void;
  /** Choices of the open dock, at the line's end. */
  readonly children?: ReactNode;
}

export function DockBar({ run, colour, networkName, onEdit, children }: DockBarProps) {
  const { open } = usePanel('dock');
  return (
    <header className={styles.bar}>
      <IconButton
        size="small"
        label={open ? t('Close training') : t('Open training')}
        shortcut="T"
        icon={open ? <ChevronDown /> : <ChevronUp />}
        onPress={() => setPanel('dock', { open: !open })}
      />
      <h2 className={styles.title}>{t('Training')}</h2>
      {run && isBusy(run) ? <Going run={run} open={open} /> : <Resting run={run} open={open} networkName={networkName} onEdit={onEdit} />}
      <span className={styles.end} />
      <Elsewhere shown={run} />
      {open ? children : run && !isBusy(run) && <LastRun run={run} colour={colour} />}
    </header>
  );
}

function Going({ run, open }: { readonly run: RunSnapshot; readonly open: boolean }) {
  const place = placeOf(run);
  return (
    <>
      <Badge tone={statusTone(run.status)} dot={run.status === 'running'}>
        {t(statusWords[run.status])}
      </Badge>
      {open && run.record && (
        <span
          className={styles.second}
        >{t`${run.networkName} · ${optimizerTitle(run.record.settings.optimizer.id)} ${formatSetting(learningRateOf(run.record.settings) ?? Number.NaN)} · seed ${run.record.settings.seed}`}</span>
      )}
      {!open && place && (
        <span className={styles.closedProgress}>
          <ProgressBar label={t('Training')} value={place.share} className={styles.smallBar} />
          {[t`${Math.floor(place.share * 100)} % · epoch ${place.epoch} of ${place.epochs}`, formatTimeLeft(run.secondsLeft)].filter(Boolean).join(' · ')}
        </span>
      )}
      {run.status === 'paused' ? (
        <Button size="small" icon={<Play />} onPress={() => attempt(() => resumeRun(run.id))}>
          {t('Resume')}
        </Button>
      ) : (
        run.status === 'running' && (
          <Button size="small" icon={<Pause />} onPress={() => attempt(() => pauseRun(run.id))}>
            {t('Pause')}
          </Button>
        )
      )}
      <Button size="small" kind="danger" icon={<Square />} onPress={() => attempt(() => stopRun(run.id))}>
        {run.status === 'queued' ? t('Remove from the queue') : t('Stop')}
      </Button>
    </>
  );
}

function Resting({
  run,
  open,
  networkName,
  onEdit,
}: {
  readonly run: RunSnapshot | null;
  readonly open: boolean;
  readonly networkName: string;
  readonly onEdit: () => void;
}) {
  const settings = useTrainingSettings();
  return (
    <>
      {open ? (
        <>
          {run?.status === 'stopped' && canGoOn(run) && (
            <Button size="small" icon={<Play />} onPress={() => attempt(() => resumeRun(run.id))}>
              {t('Resume')}
            </Button>
          )}
          <Button size="small" icon={run ? <RotateCcw /> : <Play />} onPress={() => attempt(() => train())}>
            {run ? t`Train ${networkName} again` : t`Train ${networkName}`}
          </Button>
        </>
      ) : (
        <>
          <span className={styles.divider} />
          <span className={styles.summary}>{settingsSummary(settings)}</span>
          <Button size="small" kind="ghost" onPress={onEdit}>
            {t('Edit')}
          </Button>
        </>
      )}
      {open && run && (
        <span className={styles.second}>
          {run.networkName}, {run.record ? formatAgo(run.record.startedAt, Date.now()) : ''}{' '}
          <Badge size="small" tone={statusTone(run.status)}>
            {t(statusWords[run.status])}
          </Badge>
        </span>
      )}
    </>
  );
}

function LastRun({ run, colour }: { readonly run: RunSnapshot; readonly colour: string }) {
  const metric = mainMetric(run);
  const value = metric === null ? undefined : run.test?.[metric];
  const openDock = () => setPanel('dock', { open: true });
  if (run.status === 'failed') {
    return (
      <>
        <span className={styles.fault}>{t(run.error?.message ?? 'The last run failed.')}</span>
        <Button size="small" onPress={openDock}>
          {t('Open')}
        </Button>
      </>
    );
  }
  const course = run.epochs.map((epoch) => epoch.values[`val_${metric}`] ?? epoch.values[metric ?? 'loss'] ?? Number.NaN);
  return (
    <>
      <span className={styles.second}>{run.status === 'stopped' ? t`Stopped run of ${run.networkName}` : t`Last run of ${run.networkName}`}</span>
      <Sparkline label={t`Course over ${run.epochs.length} epochs`} values={course} colour={colour} />
      {metric !== null && value !== undefined && (
        <span>
          {t`test ${within(metricTitle(metric))}`} <b>{formatMetric(metric, value)}</b>
        </span>
      )}
      {run.record && <span className={styles.third}>{formatAgo(run.record.startedAt, Date.now())}</span>}
      <Button size="small" onPress={openDock}>
        {t('Open')}
      </Button>
    </>
  );
}

/** Another network's run holds the trainer: say so, and lead there; where it is of another project, it can be ended from here. */
function Elsewhere({ shown }: { readonly shown: RunSnapshot | null }) {
  const busy = useBusyRun();
  const networks = useNetworks();
  if (!busy || busy.networkId === shown?.networkId) return null;
  const place = placeOf(busy);
  const share = place ? `, ${Math.floor(place.share * 100)} %` : '';
  if (networks.some(({ id }) => id === busy.networkId)) {
    return (
      <Button size="small" kind="ghost" onPress={() => showNetwork(busy.networkId)}>
        {t`${busy.networkName} is training`}
        {share}
      </Button>
    );
  }
  return (
    <>
      <span className={styles.second}>
        {t`${busy.networkName} of another project is training`}
        {share}
      </span>
      <Button size="small" icon={<Square />} onPress={() => attempt(() => stopRun(busy.id))}>
        {t`Stop ${busy.networkName}`}
      </Button>
    </>
  );
}
