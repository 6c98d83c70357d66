// Keys: reads a shortcut, compares it with a key press, writes it for people. Knows no action.

import { t } from '../text/text.ts';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Keys whose sign already says that Shift was needed on some keyboards. */
const signs = new Set(['?', '/', '.', '+', '-', '=']);

function sameKey(press: KeyPress, key: string): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true;
  // With Alt, some systems give another sign for the same key.
  return /^[a-z]$/i.test(key) ? press.altKey && press.code === `Key${key.toUpperCase()}` : /^\d$/.test(key) && press.code === `Digit${key}`;
}

/** Whether a key press is that shortcut. `Ctrl` is the command key on a Mac. */
export function matches(press: KeyPress, shortcut: string): boolean {
  const parts = shortcut.split(/\+(?!$)/);
  const key = parts.pop() as string;
  const wants = (name: string) => parts.includes(name);
  const control = isMac ? press.metaKey : press.ctrlKey;
  const shift = signs.has(key) ? true : press.shiftKey === wants('Shift');
  return sameKey(press, key) && control === wants('Ctrl') && press.altKey === wants('Alt') && shift;
}

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified']);

/** The shortcut a key press would be: `Ctrl+Shift+Z`; null while only modifiers are held. */
export function pressedShortcut(press: KeyPress): string | null {
  if (modifiers.has(press.key)) return null;
  const key = press.key.length === 1 ? (press.altKey && /^Key[A-Z]$/.test(press.code) ? press.code.slice(3) : press.key.toUpperCase()) : press.key;
  const held = [
    ...((isMac ? press.metaKey : press.ctrlKey) ? ['Ctrl'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey && !signs.has(key) ? ['Shift'] : []),
  ];
  return [...held, key].join('+');
}

const keyWords: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
  Ctrl: 'Ctrl',
  Shift: 'Shift',
  Delete: 'Del',
};

const keyWord = (key: string): string => (keyWords[key] === undefined ? key : t(keyWords[key]));

/** `Ctrl Shift Z`, as it stands in menus and tooltips and on the keyboards of the language. */
export function shownShortcut(shortcut: string): string {
  return shortcut
    .split(/\+(?!$)/)
    .map((part) => (isMac && part === 'Ctrl' ? '⌘' : keyWord(part)))
    .join(' ');
}
