// The networks side by side: picture on top, progress while they train, then a row per measure. The best of a row is marked.

import { Check, TriangleAlert } from 'lucide-react';
import { familyOf, pictureOf } from '../../shared/network/picture.ts';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { showProblem } from '../actions/index.ts';
import { isBusy, showNetwork, showView } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { countOf, formatTimeLeft } from '../ui/format.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { StackPicture } from '../ui/StackPicture.tsx';
import { cellsOf, type Cell, type Lane, rowsFor } from './raceData.ts';
import styles from './RaceView.module.css';

export function RaceTable({ lanes, metric }: { readonly lanes: readonly Lane[]; readonly metric: string | null }) {
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table} aria-label={t('Networks compared')}>
        <thead>
          <tr>
            <td className={styles.corner}>
              <Check aria-hidden /> {t('marks the best of a row')}
            </td>
            {lanes.map((lane) => (
              <LaneHead key={lane.network.id} lane={lane} share={1 / lanes.length} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsFor(metric).map((row) => (
            <tr key={row.id} className={row.main ? styles.mainRow : undefined}>
              <th scope="row">
                {t(row.title)}
                {row.note && <small>{t(row.note)}</small>}
              </th>
              {cellsOf(row, lanes).map((cell, index) => (
                <MeasureCell key={lanes[index]?.network.id} cell={cell} colour={lanes[index]?.colour ?? '--accent'} bar={!row.main} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LaneHead({ lane, share }: { readonly lane: Lane; readonly share: number }) {
  const { network, analysis, run, problems } = lane;
  const picture = pictureOf(run?.record?.network ?? network);
  return (
    <th scope="col" className={styles.lane} style={{ width: `${100 * share}%` }}>
      <div className={styles.laneTitle}>
        <FamilyGlyph family={familyOf(network)} />
        <span>
          <b title={network.name}>{network.name}</b>
          <small className={styles.quiet}>{countOf(analysis.totals.layers || network.nodes.length, 'layer')}</small>
        </span>
        <span className={styles.swatch} style={{ background: `var(${lane.colour})` }} />
      </div>
      {run && <LaneProgress run={run} />}
      <div className={styles.picture}>
        {picture.boxes.length === 0 ? (
          <p className={styles.quiet}>{t('No layers yet')}</p>
        ) : (
          <StackPicture words label={t`${network.name} from top to bottom`} boxes={picture.boxes} lines={picture.lines} />
        )}
      </div>
      {lane.changed && <p className={styles.changed}>{t('Changed since this race. The figures are of the version that ran.')}</p>}
      {problems[0] && (
        <div className={styles.problem}>
          <p>
            <TriangleAlert aria-hidden />
            {t(problems[0].what)}
          </p>
          <p className={styles.quiet}>{t(problems[0].where)}</p>
          <Button
            size="small"
            onPress={() => {
              showNetwork(network.id);
              showView('design');
              if (problems[0]) showProblem(problems[0]);
            }}
          >
            {problems.length === 1 ? t('Show it') : t`Show the first of ${problems.length}`}
          </Button>
        </div>
      )}
    </th>
  );
}

function LaneProgress({ run }: { readonly run: RunSnapshot }) {
  if (run.status === 'failed') {
    return (
      <div className={styles.problem} role="alert">
        <p>
          <TriangleAlert aria-hidden />
          {t(run.error?.message ?? 'Its run failed.')}
        </p>
      </div>
    );
  }
  // What has finished needs no word: its figures stand below.
  if (run.status === 'finished') return null;
  if (!isBusy(run)) {
    return (
      <p className={styles.status}>
        <Badge size="small" tone="warn">
          {t('stopped')}
        </Badge>
      </p>
    );
  }
  const share = run.totalSteps > 0 ? run.step / run.totalSteps : null;
  return (
    <div className={styles.status}>
      {run.status === 'queued' ? (
        <Badge size="small">{t('queued')}</Badge>
      ) : (
        <>
          <ProgressBar label={t`Training ${run.networkName}`} value={run.status === 'preparing' ? null : share} />
          <span className={styles.quiet}>
            {run.status === 'preparing' || share === null
              ? t('preparing')
              : [`${Math.floor(share * 100)} %`, run.status === 'paused' ? t('paused') : formatTimeLeft(run.secondsLeft)].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
    </div>
  );
}

function MeasureCell({ cell, colour, bar }: { readonly cell: Cell; readonly colour: string; readonly bar: boolean }) {
  return (
    <td>
      <span className={styles.cell}>
        <span className={cell.best ? styles.best : undefined}>
          {cell.text}
          {cell.best && <Check className={styles.tick} role="img" aria-label={t('best')} />}
        </span>
        {bar && cell.value !== null && (
          <span className={styles.meter} aria-hidden>
            <i style={{ width: `${Math.max(2, cell.share * 100)}%`, background: `var(${colour})` }} />
          </span>
        )}
      </span>
    </td>
  );
}
