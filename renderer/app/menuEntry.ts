// An action as a line of a menu.

import { createElement } from 'react';
import { type Action, actionOf, labelOf, runAction, shortcutsOf, shownShortcut } from '../actions/index.ts';
import type { MenuEntry } from '../ui/Menu.tsx';

/** A menu's line for an action. */
export function entryOf(id: string, more: Partial<MenuEntry> = {}): MenuEntry {
  const action: Action = actionOf(id);
  const [shortcut] = shortcutsOf(action);
  const Icon = action.icon;
  return {
    id,
    label: labelOf(action),
    icon: Icon && createElement(Icon),
    shortcut: shortcut === undefined ? undefined : shownShortcut(shortcut),
    onAction: () => runAction(action),
    ...more,
  };
}
