// All shortcuts, and each can be changed: press the key that shall do it. What another action had is taken from it, and said.

import { RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { type Action, type ActionGroup, actions, plainLabelOf, pressedShortcut, shortcutsOf, shownShortcut } from '../actions/index.ts';
import { setOverlay, setShortcuts, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './Overlays.module.css';

const groups: readonly ActionGroup[] = ['Train', 'Network', 'Edit', 'Arrange', 'View', 'File'];
const gestures = [
  ['Move the view', 'wheel, or drag with Space'],
  ['Zoom', 'Ctrl wheel, or pinch'],
  ['Select several', 'drag a frame, or Shift click'],
  ['Connect', 'drag from a port'],
  ['Add after a layer', 'drag from its port into the open'],
  ['Insert', 'drop a layer on a connection'],
  ['Set while adding', 'type: conv 32 3 relu'],
] as const;

/** Gives the action this shortcut alone, and takes it from whoever had it. @returns who had it */
function assign(action: Action, shortcut: string): Action | undefined {
  const holder = actions.find((other) => other.id !== action.id && other.mode === action.mode && shortcutsOf(other).includes(shortcut));
  if (holder)
    setShortcuts(
      holder.id,
      shortcutsOf(holder).filter((other) => other !== shortcut),
    );
  setShortcuts(action.id, [shortcut]);
  return holder;
}

interface KeysProps {
  readonly action: Action;
  readonly isRecording: boolean;
  readonly onRecord: (id: string | null) => void;
  readonly onAssigned: (words: string) => void;
}

function Keys({ action, isRecording, onRecord, onAssigned }: KeysProps) {
  const shortcuts = shortcutsOf(action);
  const label = plainLabelOf(action);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRecording) return;
    event.preventDefault();
    event.stopPropagation();
    const shortcut = pressedShortcut(event.nativeEvent);
    if (event.key === 'Escape') onRecord(null);
    if (event.key === 'Escape' || shortcut === null) return;
    const before = assign(action, shortcut);
    onAssigned(before ? t`${shownShortcut(shortcut)} was taken from “${plainLabelOf(before)}”.` : t`“${label}” is now ${shownShortcut(shortcut)}.`);
    onRecord(null);
  };
  const words = shortcuts.map(shownShortcut).join(` ${t('or')} `) || t('none');
  return (
    <button
      type="button"
      className={styles.keys}
      aria-label={isRecording ? t`Press the new keys for ${label}` : t`${label}: ${words}. Change`}
      onClick={() => onRecord(isRecording ? null : action.id)}
      onKeyDown={onKeyDown}
      onBlur={() => isRecording && onRecord(null)}
    >
      {isRecording ? (
        <span className={styles.recording}>{t('Press keys')}</span>
      ) : shortcuts.length === 0 ? (
        t('none')
      ) : (
        shortcuts.map((shortcut) => <KeyHint key={shortcut}>{shownShortcut(shortcut)}</KeyHint>)
      )}
    </button>
  );
}

export function Shortcuts() {
  const own = useSession((state) => state.shortcuts);
  const [recording, setRecording] = useState<string | null>(null);
  const [said, setSaid] = useState(() => t('Press a shortcut here to change it. It is remembered on this machine.'));
  const listed = actions.filter((action) => !action.unlisted && (action.shortcut !== undefined || own[action.id]));
  return (
    <Dialog title={t('Shortcuts')} open onClose={() => setOverlay(null)} size="large">
      <div className={styles.shortcutsHead}>
        <p role="status">{said}</p>
        <Button size="small" disabled={Object.keys(own).length === 0} onPress={() => useSession.setState({ shortcuts: {} })}>
          {t('Reset all')}
        </Button>
      </div>
      <div className={styles.shortcuts}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <ul>
              {listed
                .filter((action) => action.group === group)
                .map((action) => (
                  <li key={action.id}>
                    <span>{plainLabelOf(action)}</span>
                    {own[action.id] && (
                      <IconButton size="small" label={t`Reset ${plainLabelOf(action)}`} icon={<RotateCcw />} onPress={() => setShortcuts(action.id, null)} />
                    )}
                    <Keys action={action} isRecording={recording === action.id} onRecord={setRecording} onAssigned={setSaid} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
        <section>
          <h3>{t('Canvas')}</h3>
          <ul>
            {gestures.map(([what, how]) => (
              <li key={what}>
                <span>{t(what)}</span>
                <em>{t(how)}</em>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
