// What an action is: an intent as an object. Keys, menus, the command palette and the toolbar all read the same ones.

import type { ComponentType } from 'react';
import { useSession } from '../state/index.ts';
import { t } from '../text/text.ts';

export type ActionGroup = 'File' | 'Edit' | 'View' | 'Train' | 'Network' | 'Arrange' | 'Add layer';

export interface Action {
  /** Stable, for menus of the host and for tests: `edit.undo`. */
  readonly id: string;
  /** A verb that says the result. A function where it depends on the moment. */
  readonly label: string | (() => string);
  readonly group: ActionGroup;
  /** As in `Ctrl+Shift+Z`; several ways to press it stand in a list, the first is shown. */
  readonly shortcut?: string | readonly string[];
  readonly icon?: ComponentType;
  /** Other words to find it by. */
  readonly words?: string;
  /** Whether it makes sense now; left out: always. */
  readonly when?: () => boolean;
  /** A key of it works also while a text field has the focus. */
  readonly inFields?: boolean;
  /** What it does whatever the moment, for the list of shortcuts, where the label depends on it. */
  readonly plain?: string;
  /** A state of the window in which its keys mean this and nothing else. */
  readonly mode?: 'connecting' | 'note';
  /** Not in the list of shortcuts, and its keys cannot be changed. */
  readonly unlisted?: boolean;
  /** Not listed in the command palette (arrows, Escape). */
  readonly hidden?: boolean;
  readonly run: () => unknown;
}

/** What it is called now, in the language of the person. Layers keep the names they have in Keras. */
export function labelOf({ label, group }: Action): string {
  const english = typeof label === 'function' ? label() : label;
  return group === 'Add layer' ? english : t(english);
}
/** What it is called whatever the moment. */
export const plainLabelOf = (action: Action): string => (action.plain === undefined ? labelOf(action) : t(action.plain));
/** The keys it has: the person's own, else those it comes with. */
export function shortcutsOf(action: Action): readonly string[] {
  const own = useSession.getState().shortcuts[action.id];
  if (own) return own;
  return action.shortcut === undefined ? [] : typeof action.shortcut === 'string' ? [action.shortcut] : action.shortcut;
}
export const isEnabled = (action: Action): boolean => action.when?.() ?? true;
