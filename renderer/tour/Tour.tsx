// The first minute: five steps on the real window that end with a trained network. Each step goes on by itself when its thing is done.
// Nothing is shown that the person could not do without it, and nothing is made up: the result is the run's own.

import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { endTour, stepTour, train } from '../actions/index.ts';
import { attempt, isBusy, useActiveNetwork, useDocument, useLatestRun, useSelection, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatPercent } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Tour.module.css';

interface Scene {
  readonly title: string;
  readonly text: string;
  /** What it points at. */
  readonly anchor: string;
  /** The button that does it or goes on. */
  readonly button: string;
}

const scenes: readonly Scene[] = [
  {
    title: 'This is a neural network',
    text: 'It runs from top to bottom. Each card is a layer: what is set stands left, the shape that follows from it right.',
    anchor: '.react-flow',
    button: 'Next',
  },
  { title: 'Select a layer', text: 'Click one of the cards.', anchor: '.react-flow', button: 'Select one for me' },
  {
    title: 'Set it',
    text: 'Everything about it stands here. Change something, for example the units, and see the shapes and counts follow.',
    anchor: '[data-tour="inspector"]',
    button: 'Leave it as it is',
  },
  { title: 'Train it', text: 'It learns on this machine, from data that is here already.', anchor: '[data-tour="train"]', button: 'Train' },
  {
    title: 'Watch it learn',
    text: 'Loss goes down, accuracy goes up: solid on what it learns from, dashed on what it has not seen.',
    anchor: '[data-tour="dock"]',
    button: '',
  },
];

/** What the run came to, in a sentence; null while it is not over. */
function resultOf(run: RunSnapshot | null): string | null {
  if (!run || isBusy(run)) return null;
  if (run.status !== 'finished') return run.error?.message ?? 'The run ended before its last epoch. Press Train to try again.';
  const accuracy = run.test?.['accuracy'];
  return accuracy === undefined
    ? 'It is trained. The result stands in the training dock.'
    : `It is trained: ${formatPercent(accuracy, 1)} of the test samples, which it had never seen, are right.`;
}

/** Goes on when the thing of a step is done. */
function useProgress(step: number): RunSnapshot | null {
  const selected = useSelection().nodes.length;
  const changes = useDocument((state) => state.past.length);
  const run = useLatestRun(useActiveNetwork()?.id ?? null);
  const [before] = useState({ changes, run: run?.id });
  const started = run !== null && run.id !== before.run;
  useEffect(() => {
    if (step === 1 && selected > 0) stepTour(2);
    if (step === 2 && changes > before.changes) stepTour(3);
    if (step < 4 && started) stepTour(4);
  }, [step, selected, changes, started, before]);
  return started ? run : null;
}

/** Beside what it points at, inside the window. */
function usePlace(anchor: string) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 80, top: 120 });
  useLayoutEffect(() => {
    const settle = () => {
      const target = document.querySelector(anchor)?.getBoundingClientRect();
      const own = card.current?.getBoundingClientRect();
      if (!target || !own) return;
      const isWide = target.width > window.innerWidth / 2;
      const left = isWide ? target.left + 24 : target.left > window.innerWidth / 2 ? target.left - own.width - 16 : target.right + 16;
      const top = isWide ? (target.top > window.innerHeight / 2 ? target.top - own.height - 16 : target.bottom - own.height - 24) : target.top;
      const within = (value: number, room: number) => Math.round(Math.max(12, Math.min(room - 12, value)));
      setPlace({ left: within(left, window.innerWidth - own.width), top: within(top, window.innerHeight - own.height) });
    };
    settle();
    const observer = new ResizeObserver(settle);
    const target = document.querySelector(anchor);
    if (target) observer.observe(target);
    window.addEventListener('resize', settle);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', settle);
    };
  }, [anchor]);
  return { card, place };
}

function Card({ step }: { readonly step: number }) {
  const scene = scenes[step] as Scene;
  const run = useProgress(step);
  const result = step === 4 ? resultOf(run) : null;
  const { card, place } = usePlace(scene.anchor);
  const network = useActiveNetwork();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every step the card is read out anew
  useEffect(() => card.current?.focus({ preventScroll: true }), [step]);
  const go = () => {
    if (step === 1) useSession.setState({ selection: { nodes: network?.nodes.slice(-2, -1).map(({ id }) => id) ?? [], edges: [], notes: [] } });
    else if (step === 3) attempt(() => train());
    else stepTour(step + 1);
  };
  return (
    <div
      ref={card}
      className={styles.card}
      style={place}
      role="dialog"
      aria-label={t('Tour')}
      aria-describedby="tour-text"
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && endTour()}
    >
      <header>
        <span className={styles.count}>{t`${step + 1} of ${scenes.length}`}</span>
        <IconButton size="small" label={t('End the tour')} icon={<X />} onPress={endTour} />
      </header>
      <h2>{result ? t('Done') : t(scene.title)}</h2>
      <p id="tour-text" role="status">
        {t(result ?? scene.text)}
      </p>
      <footer>
        {result ? (
          <Button kind="primary" onPress={endTour}>
            {t('End the tour')}
          </Button>
        ) : (
          scene.button !== '' && (
            <Button kind="primary" onPress={go}>
              {t(scene.button)}
            </Button>
          )
        )}
      </footer>
    </div>
  );
}

export function Tour() {
  const step = useSession((state) => state.tour);
  return step === null ? null : <Card step={step} />;
}
