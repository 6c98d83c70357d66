// Tells the desktop shell which actions there are and which make sense now, so that its native menu is the app's own.

import type { MenuEntry, ShellBridge } from '../../shared/protocol/shell.ts';
import { actions, isEnabled, labelOf, shortcutsOf } from '../actions/index.ts';
import { useDocument, useRunStore, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';

function entries(): readonly MenuEntry[] {
  return actions
    .filter((action) => !action.hidden)
    .map((action) => ({
      id: action.id,
      label: labelOf(action),
      group: action.group,
      menu: t(action.group),
      shortcut: shortcutsOf(action)[0] ?? null,
      enabled: isEnabled(action),
    }));
}

/** Sends the menu whenever it would look different, at most once in a while. */
export function keepMenu(shell: ShellBridge): void {
  const pause = 250;
  let isPlanned = false;
  let sent = '';
  const send = () => {
    isPlanned = false;
    const now = entries();
    const text = JSON.stringify(now);
    if (text !== sent) shell.setMenu(now);
    sent = text;
  };
  const soon = () => {
    if (!isPlanned) setTimeout(send, pause);
    isPlanned = true;
  };
  for (const store of [useDocument, useSession, useRunStore]) store.subscribe(soon);
  send();
}
