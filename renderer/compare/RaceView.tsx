// Race: the project's networks trained one after another on the same data with the same seed, compared side by side. The verdict first.

import { ChartColumn, CopyPlus, Flag, Plus, Square } from 'lucide-react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { addNetwork, duplicateNetwork, race } from '../actions/index.ts';
import { attempt, isBusy, setOverlay, stopRace, useActiveDataset, useTrainingSettings } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { countOf, formatCount, formatSetting } from '../ui/format.ts';
import { contestants, type Lane, raceMetric, titleOfOptimizer } from './raceData.ts';
import { RaceCharts } from './RaceCharts.tsx';
import { RaceTable } from './RaceTable.tsx';
import styles from './RaceView.module.css';
import { useLanes } from './useLanes.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export default function RaceView() {
  const lanes = useLanes();
  const metric = raceMetric(lanes, useTrainingSettings(), useActiveDataset()?.task ?? null);
  const runs = lanes.flatMap((lane) => lane.run ?? []);
  return (
    <main className={styles.page} aria-label={t('Race')}>
      <Head lanes={lanes} runs={runs} />
      <VerdictCard lanes={lanes} metric={metric} />
      <div className={styles.columns}>
        <RaceTable lanes={lanes} metric={metric} />
        {runs.length > 0 && <RaceCharts lanes={lanes} metric={metric} />}
      </div>
    </main>
  );
}

function Head({ lanes, runs }: { readonly lanes: readonly Lane[]; readonly runs: readonly RunSnapshot[] }) {
  const busy = runs.filter(isBusy);
  const stop = () => attempt(() => stopRace(busy));
  return (
    <header className={styles.head}>
      <h1>{t('Race')}</h1>
      <Conditions runs={runs} />
      {runs.length > 0 && <Badge tone={busy.length === 0 ? 'good' : 'accent'}>{t`${runs.length - busy.length} of ${countOf(runs.length, 'run')} done`}</Badge>}
      <span className={styles.actions}>
        <Button icon={<Plus />} onPress={() => addNetwork()}>
          {t('Add network')}
        </Button>
        {busy.length > 0 ? (
          <Button kind="danger" icon={<Square />} onPress={stop}>
            {t('Stop race')}
          </Button>
        ) : lanes.length === 1 ? (
          lanes.map(({ network: { id, name } }) => (
            <Button key={id} kind="primary" icon={<CopyPlus />} onPress={() => duplicateNetwork(id)}>
              {t`Duplicate ${name}`}
            </Button>
          ))
        ) : (
          <Button kind="primary" icon={<Flag />} onPress={() => attempt(race)}>
            {runs.length > 0 ? t('Race again') : t('Start race')}
          </Button>
        )}
      </span>
    </header>
  );
}

/** What the runs shown had in common; before a race, what they will have. */
function Conditions({ runs }: { readonly runs: readonly RunSnapshot[] }) {
  const dataset = useActiveDataset();
  const current = useTrainingSettings();
  const record = runs.find((run) => run.record)?.record;
  const settings = record?.settings ?? current;
  const rate = settings.optimizer.parameters['learningRate'];
  const samples = record
    ? [record.samples.train, record.samples.validation, record.samples.test].map(formatCount).join(' + ')
    : dataset
      ? formatCount(dataset.samples.train)
      : '';
  return (
    <>
      {dataset ? (
        <Badge>{`${record && record.dataset !== dataset.id ? record.dataset : t(dataset.title)}, ${samples}`}</Badge>
      ) : (
        <Button size="small" onPress={() => setOverlay('datasets')}>
          {t('Choose a dataset')}
        </Button>
      )}
      <Badge>{t`seed ${settings.seed}`}</Badge>
      <Badge>{countOf(settings.epochs, 'epoch')}</Badge>
      <Badge>{t`${`${titleOfOptimizer(settings.optimizer.id)}${typeof rate === 'number' ? ` ${formatSetting(rate)}` : ''}`}, batch ${settings.batchSize}`}</Badge>
    </>
  );
}

function VerdictCard({ lanes, metric }: { readonly lanes: readonly Lane[]; readonly metric: string | null }) {
  const verdict = verdictFor(lanes, metric);
  return (
    <section className={styles.verdict} aria-label={t('Verdict')} data-kind={verdict.kind}>
      <span className={styles.verdictIcon}>
        <ChartColumn aria-hidden />
      </span>
      <div aria-live="polite">
        <p className={styles.headline}>
          <b>{verdict.headline}</b> {verdict.details.join(' ')}
        </p>
        {verdict.judged && <p className={styles.judged}>{verdict.judged}</p>}
      </div>
    </section>
  );
}

function verdictFor(lanes: readonly Lane[], metric: string | null): Verdict {
  const plain = (headline: string, details: string, judged = ''): Verdict => ({
    kind: 'waiting',
    headline,
    details: details ? [details] : [],
    judged,
    gaps: [],
  });
  if (lanes.length < 2) return plain(t('A race needs two networks.'), t('Add one, or duplicate this one and change a single thing.'));
  const raced = lanes.filter((lane) => lane.run);
  if (raced.length === 0)
    return plain(
      t('Nothing has raced yet.'),
      t('Start the race: every network is trained one after another on the same data, with the same seed and settings.'),
    );
  if (metric === null || metric === 'accuracy') return verdictOf(contestants(lanes), raced.length);
  return plain(
    t('No winner is named for numbers.'),
    t('Compare the test loss in the table.'),
    t('One run each, same data and seed. A test loss has no binomial error, and the spread between seeds was not measured: small differences mean nothing.'),
  );
}
