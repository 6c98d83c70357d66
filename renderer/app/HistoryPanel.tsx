// Everything that was done, newest below, to jump to any point of it. What lies ahead stands faint until something new is done.

import { History } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { actionOf, runAction, shownShortcut } from '../actions/index.ts';
import { jumpTo, setOverlay, useDocument, useSession } from '../state/index.ts';
import { language, t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useFocusInside } from '../ui/useFocusInside.ts';
import styles from './HistoryPanel.module.css';

/** As many steps as are listed; older ones are reached by undoing. */
const listed = 300;

export function HistoryButton() {
  const isOpen = useSession((state) => state.overlay === 'history');
  return (
    <IconButton
      label={t('History')}
      shortcut={shownShortcut('Ctrl+H')}
      icon={<History />}
      pressed={isOpen}
      onPress={() => (isOpen ? setOverlay(null) : runAction(actionOf('edit.history')))}
    />
  );
}

/** English steps begin with a verb, written small inside a sentence; in other languages a name may stand first. */
const asSentence = (label: string): string => (language() === 'en' ? label.charAt(0).toUpperCase() + label.slice(1) : label);

function Step({ label, place, at }: { readonly label: string; readonly place: number; readonly at: number }) {
  const here = useRef<HTMLLIElement>(null);
  const isHere = place === at;
  useEffect(() => {
    if (isHere) here.current?.scrollIntoView({ block: 'nearest' });
  }, [isHere]);
  return (
    <li ref={here}>
      <button
        type="button"
        className={cx(styles.step, isHere && styles.here, place > at && styles.ahead)}
        aria-current={isHere ? 'step' : undefined}
        onClick={() => jumpTo(place)}
      >
        {label}
      </button>
    </li>
  );
}

export function HistoryPanel() {
  const past = useDocument((state) => state.past);
  const future = useDocument((state) => state.future);
  const steps = [...past, ...future].map((step, index) => ({ label: step.label, place: index + 1 }));
  const first = Math.max(0, steps.length - listed);
  const panel = useRef<HTMLElement>(null);
  useFocusInside(panel, '[aria-current]');
  return (
    <>
      <div className={styles.outside} onPointerDown={() => setOverlay(null)} />
      <section ref={panel} className={styles.panel} role="dialog" aria-label={t('History')} tabIndex={-1}>
        <h2>{t('History')}</h2>
        <ol>
          {first === 0 && <Step label={t('As it was opened')} place={0} at={past.length} />}
          {steps.slice(first).map(({ label, place }) => (
            <Step key={place} label={asSentence(t(label))} place={place} at={past.length} />
          ))}
        </ol>
        {steps.length === 0 && <p>{t('What you do from now on stands here.')}</p>}
      </section>
    </>
  );
}
