// The line at the bottom: problems, what the network amounts to, whether the work is safe.

import { Check, CircleAlert, CircleCheck, CircleDashed, CircleDot, Lightbulb, Compass } from 'lucide-react';
import { actionOf, runAction } from '../actions/index.ts';
import { useActiveAnalysis, useConnection, useDocument, useForecast, useIsSaved, useSession, useView } from '../state/index.ts';
import { t } from '../text/text.ts';
import { forecastInFull, forecastInShort } from '../training/forecastWords.ts';
import { countOf, formatBytes, formatCount, formatLarge } from '../ui/format.ts';
import styles from './StatusBar.module.css';

function Problems() {
  const { problems } = useActiveAnalysis();
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const advice = problems.length - errors;
  return (
    <>
      {problems.some((problem) => problem.code === 'empty') ? (
        <span>
          <CircleDashed aria-hidden />
          {t('Nothing to train yet')}
        </span>
      ) : errors > 0 ? (
        <button
          type="button"
          data-trigger
          className={styles.bad}
          onClick={() => runAction(actionOf('view.problems'))}
          title={t('Show the list; F8 goes to the next one')}
        >
          <CircleAlert aria-hidden />
          {countOf(errors, 'problem')}
        </button>
      ) : (
        <span>
          <CircleCheck aria-hidden />
          {t('No problems')}
        </span>
      )}
      {advice > 0 && (
        <button type="button" data-trigger className={styles.warn} onClick={() => runAction(actionOf('view.problems'))}>
          <Lightbulb aria-hidden />
          {t`${advice} advice`}
        </button>
      )}
    </>
  );
}

/** What an epoch would take and hold; measured, never guessed. */
function ForecastWords() {
  const state = useForecast();
  const isOn = useSession(({ forecasts }) => forecasts);
  if (!isOn && state.kind === 'none') return null;
  return (
    <span className={styles.forecast} data-kind={state.kind} title={forecastInFull(state)}>
      {forecastInShort(state)}
    </span>
  );
}

function SaveState() {
  const saved = useIsSaved();
  const path = useDocument((state) => state.path);
  const connection = useConnection();
  if (connection !== 'connected') return <span className={styles.warn}>{t('Not connected: kept in this window')}</span>;
  if (!saved) {
    return (
      <button type="button" onClick={() => runAction(actionOf('file.save'))} title={t('Kept in the journal; click to write it to its file (Ctrl S)')}>
        <CircleDot aria-hidden />
        {t('Unsaved changes')}
      </button>
    );
  }
  return (
    <span title={path ?? undefined}>
      <Check aria-hidden />
      {path === null ? t('No changes') : t('Saved')}
    </span>
  );
}

/** Until it was seen or sent away. */
function TourOffer() {
  const isOffered = useSession((state) => !state.tourSeen && state.tour === null);
  if (!isOffered) return null;
  return (
    <button type="button" className={styles.offer} onClick={() => runAction(actionOf('view.tour'))}>
      <Compass aria-hidden />
      {t('New here? Tour of one minute')}
    </button>
  );
}

function Totals() {
  const { totals } = useActiveAnalysis();
  return (
    <>
      <Problems />
      <i className={styles.rule} />
      <span>{countOf(totals.layers, 'layer')}</span>
      <span>{t`${formatCount(totals.trainable + totals.nonTrainable)} parameters`}</span>
      <span className={styles.wide}>{t`${formatLarge(totals.multiplyAdds)} multiply-adds`}</span>
      <span className={styles.wide}>{t`${formatBytes(totals.activationBytes)} activations`}</span>
      <ForecastWords />
    </>
  );
}

export function StatusBar() {
  const isHome = useView() === 'home';
  return (
    <footer className={styles.bar} data-region role="contentinfo" aria-label={t('Status')}>
      {!isHome && <Totals />}
      <span className={styles.grow} />
      <TourOffer />
      <SaveState />
    </footer>
  );
}
