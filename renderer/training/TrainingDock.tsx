// The training dock: settings, progress, live curves, epochs and runs of the network in the open tab. Closed it is one line.

import { ChartLine } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useState } from 'react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { train } from '../actions/index.ts';
import {
  attempt,
  currentProject,
  isBusy,
  resumeRun,
  setDockSide,
  setPanel,
  useActiveNetworkId,
  useActiveNetworkName,
  useDocument,
  usePanel,
  useRunStore,
  useSession,
} from '../state/index.ts';
import { t, tLabels } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatSetting } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { seriesColour } from '../ui/tokens.ts';
import { Curves } from './Curves.tsx';
import { DockBar } from './DockBar.tsx';
import { EpochLog } from './EpochLog.tsx';
import { canGoOn, failureWords, rateInstead } from './failure.ts';
import { LayersPage } from './LayersPage.tsx';
import { LaidRuns } from './LaidRuns.tsx';
import { type LaidRun, mostLaid } from './laidRuns.ts';
import { RunList } from './RunList.tsx';
import { RunPanel } from './RunPanel.tsx';
import type { ChartAxis } from './runData.ts';
import { SettingsForm } from './SettingsForm.tsx';
import { useShownHealth } from './useShownHealth.ts';
import { setTraining } from './setTraining.ts';
import styles from './TrainingDock.module.css';

type Page = 'curves' | 'layers' | 'log' | 'runs';

export default function TrainingDock() {
  const { open, size } = usePanel('dock');
  const network = useActiveNetworkId();
  const name = useActiveNetworkName() ?? t('the network');
  const place = useDocument(({ project }) => project.networks.findIndex(({ id }) => id === network));
  const colour = seriesColour(Math.max(0, place));
  const { runs, order } = useRunStore();
  const [chosen, setChosen] = useState<string | null>(null);
  const [page, setPage] = useState<Page>('curves');
  const side = useSession((state) => state.dockSide);
  const [axis, setAxis] = useState<ChartAxis>('epochs');
  const [smoothing, setSmoothing] = useState('0.6');
  const [logLoss, setLogLoss] = useState(false);
  const [laidIds, setLaid] = useState<readonly string[]>([]);

  const own = order.flatMap((id) => (runs[id]?.networkId === network ? [runs[id] as RunSnapshot] : []));
  const newest = own.at(-1) ?? null;
  const run = newest && isBusy(newest) ? newest : (own.find((one) => one.id === chosen) ?? newest);
  const { shown, laid } = useLaid(own, run, laidIds, place);
  const lay = (id: string, on: boolean) => setLaid((before) => [...before.filter((other) => other !== id), ...(on ? [id] : [])]);
  // Whoever set something and pressed Train wants to see the run, not what was set.
  const going = newest && isBusy(newest) ? newest.id : null;
  useEffect(() => {
    if (going !== null) setDockSide('run');
  }, [going]);
  useShownHealth(run, open && page === 'layers');
  const edit = () => {
    setDockSide('settings');
    setPanel('dock', { open: true });
  };

  return (
    <section className={styles.dock} data-region data-tour="dock" aria-label={t('Training')} style={open ? { height: size } : undefined} data-open={open}>
      {open && <Grip size={size} />}
      <DockBar run={run} colour={colour} networkName={name} onEdit={edit}>
        {run && page === 'curves' && (
          <>
            <Select
              label={t('Smoothing of the batches')}
              labels="hidden"
              className={styles.choice}
              value={smoothing}
              onChange={setSmoothing}
              options={tLabels(smoothings)}
            />
            <Segmented label={t('Axis')} value={axis} onChange={setAxis} options={tLabels(axes)} />
          </>
        )}
        {run && <Segmented label={t('Show')} value={page} onChange={setPage} options={tLabels(pages)} />}
      </DockBar>
      {open && (
        <div className={styles.body}>
          <aside className={styles.side}>
            {run && <Segmented fill label={t('Left side')} value={side} onChange={setDockSide} options={tLabels(sides)} />}
            {run && side === 'run' ? <RunPanel run={run} /> : <SettingsForm locked={run !== null && isBusy(run)} />}
          </aside>
          <div className={styles.main}>
            {run?.status === 'failed' && page === 'curves' && <Failure run={run} />}
            {run === null && <NeverTrained name={name} />}
            {shown && page === 'curves' && <LaidRuns shown={shown} laid={laid} onTakeOff={(id) => lay(id, false)} />}
            {run && page === 'curves' && <RunCurves run={run} {...{ axis, logLoss, colour, laid }} smoothing={Number(smoothing)} onLogLoss={setLogLoss} />}
            {run && page === 'layers' && <LayersPage run={run} />}
            {run && page === 'log' && <EpochLog run={run} />}
            {run && page === 'runs' && (
              <RunList
                runs={own}
                shown={run.id}
                laid={laid.map((one) => one.run.id)}
                onLay={lay}
                onShow={(id) => {
                  setChosen(id);
                  setPage('curves');
                }}
              />
            )}
          </div>
        </div>
      )}
    </section>
  );
}

/** The run that is shown and those that lie over it, with their numbers and hues; the same objects while nothing of them changes. */
function useLaid(own: readonly RunSnapshot[], run: RunSnapshot | null, ids: readonly string[], place: number) {
  const numbered = own.map((one, index) => ({ run: one, number: index + 1, colour: seriesColour(Math.max(0, place)) }));
  const over = ids.flatMap((id, index) => {
    const found = numbered.find((one) => one.run.id === id && one.run.id !== run?.id);
    return found ? [{ ...found, colour: seriesColour(Math.max(0, place) + 1 + index) }] : [];
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart is drawn anew where a run in it changed, not with every new list
  const laid = useMemo((): readonly LaidRun[] => over, [...over.flatMap((one) => [one.run, one.colour]), ...Array(2 * (mostLaid - over.length)).fill(null)]);
  return { shown: numbered.find((one) => one.run.id === run?.id) ?? null, laid };
}

const pages = [
  { value: 'curves', label: 'Curves' },
  { value: 'layers', label: 'Layers' },
  { value: 'log', label: 'Log' },
  { value: 'runs', label: 'Runs' },
] as const;
const sides = [
  { value: 'run', label: 'Run' },
  { value: 'settings', label: 'Settings' },
] as const;
const axes = [
  { value: 'epochs', label: 'Epochs' },
  { value: 'steps', label: 'Steps' },
] as const;
const smoothings = [
  { value: '0', label: 'Each batch' },
  { value: '0.6', label: 'Smoothing 0.6' },
  { value: '0.9', label: 'Smoothing 0.9' },
  { value: '0.98', label: 'Smoothing 0.98' },
];

function RunCurves(props: Parameters<typeof Curves>[0]) {
  const { run } = props;
  if (run.batches.length > 0) return <Curves {...props} />;
  if (run.status === 'failed') return null;
  return <EmptyState icon={<ChartLine />} title={isBusy(run) ? t('Curves appear with the first batch') : t('This run ended before its first batch')} />;
}

function NeverTrained({ name }: { readonly name: string }) {
  return (
    <EmptyState icon={<ChartLine />} title={t('No runs yet')} action={<Button onPress={() => attempt(() => train())}>{t`Train ${name}`}</Button>}>
      {t('Press Train. Curves appear with the first batch, and every run is kept here with its settings and its seed.')}
    </EmptyState>
  );
}

function Failure({ run }: { readonly run: RunSnapshot }) {
  const { title, rest } = failureWords(run.error);
  return (
    <Notice tone="bad" title={title} actions={<WaysOut run={run} />}>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  );
}

/** What to do about it, the likeliest first. */
function WaysOut({ run }: { readonly run: RunSnapshot }) {
  const rate = rateInstead(run);
  const goesOn = canGoOn(run);
  return (
    <>
      {goesOn && <Button onPress={() => attempt(() => resumeRun(run.id))}>{t('Resume')}</Button>}
      {rate !== null && <Button onPress={() => attempt(() => trainWith(rate))}>{t`Train with learning rate ${formatSetting(rate)}`}</Button>}
      <Button kind={goesOn || rate !== null ? 'ghost' : 'secondary'} onPress={() => attempt(() => train())}>
        {t('Train again')}
      </Button>
    </>
  );
}

function trainWith(learningRate: number): Promise<void> {
  const { optimizer } = currentProject().training;
  setTraining('learning rate', { optimizer: { ...optimizer, parameters: { ...optimizer.parameters, learningRate } } });
  return train();
}

const least = 200;
const most = (): number => Math.max(least, Math.round(window.innerHeight * 0.6));
const resize = (height: number): void => setPanel('dock', { size: Math.min(most(), Math.max(least, Math.round(height))) });

/** The upper edge: dragged, or moved with the arrow keys. */
function Grip({ size }: { readonly size: number }) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(size - event.movementY);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') resize(size + 20);
    else if (event.key === 'ArrowDown') resize(size - 20);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      aria-label={t('Height of the training dock')}
      aria-orientation="horizontal"
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most()}
      tabIndex={0}
      className={styles.grip}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={keys}
    />
  );
}
