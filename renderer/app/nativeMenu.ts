// Keeps the desktop app's native menu what the actions are at this moment. In a browser there is none.

import type { MenuEntry, ShellBridge } from '../../shared/protocol/shell.ts';
import { actions, isEnabled, labelOf, shortcutsOf } from '../actions/index.ts';
import { useClient, useDocument, useRunStore, useSession } from '../state/index.ts';

const longestLabel = 300;
/** Milliseconds: while a network learns the stores change 30 times a second, the menu hardly ever. */
const pause = 200;

const entries = (): MenuEntry[] =>
  actions
    .filter((action) => !action.hidden)
    .map((action) => ({ id: action.id, label: labelOf(action).slice(0, longestLabel), group: action.group, shortcut: shortcutsOf(action)[0] ?? null, enabled: isEnabled(action) }));

/** Tells the shell, now and whenever something it shows has changed. */
export function keepMenu(shell: ShellBridge): void {
  let told = '';
  let waiting = false;
  const tell = () => {
    waiting = false;
    const now = entries();
    const text = JSON.stringify(now);
    if (text !== told) shell.setMenu(now);
    told = text;
  };
  const later = () => {
    if (!waiting) setTimeout(tell, pause);
    waiting = true;
  };
  for (const store of [useClient, useDocument, useRunStore, useSession]) store.subscribe(later);
  tell();
}
