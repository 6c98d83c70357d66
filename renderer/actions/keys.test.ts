// Shortcuts: read, compared with key presses, written for people; and the list of actions is sound.

import { expect, test } from 'vitest';
import { actions, labelOf, shortcutsOf } from './index.ts';
import { type KeyPress, matches, pressedShortcut, shownShortcut } from './keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test.each([
  ['Ctrl+Z', press('z', { ctrlKey: true }), true],
  ['Ctrl+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  ['Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['T', press('t'), true],
  ['T', press('T', { shiftKey: true }), false],
  ['Shift+T', press('T', { shiftKey: true }), true],
  ['T', press('t', { ctrlKey: true }), false],
  ['?', press('?', { shiftKey: true }), true],
  ['/', press('/'), true],
  ['Alt+ArrowUp', press('ArrowUp', { altKey: true }), true],
  ['1', press('&', { code: 'Digit1' }), true],
])('%s, pressed %j: %s', (shortcut, keys, expected) => {
  expect(matches(keys, shortcut)).toBe(expected);
});
test('a key press is written as the shortcut that it matches', () => {
  const presses = [
    press('z', { ctrlKey: true }),
    press('T', { shiftKey: true }),
    press('?', { shiftKey: true }),
    press('ArrowUp', { altKey: true }),
    press('F8'),
  ];
  for (const one of presses) expect(matches(one, pressedShortcut(one) ?? '')).toBe(true);
  expect(presses.map(pressedShortcut)).toEqual(['Ctrl+Z', 'Shift+T', '?', 'Alt+ArrowUp', 'F8']);
  expect(pressedShortcut(press('Shift', { shiftKey: true }))).toBeNull();
});
test('are written with spaces', () => {
  expect(shownShortcut('Ctrl+Shift+Z')).toBe('Ctrl Shift Z');
  expect(shownShortcut('Alt+ArrowUp')).toBe('Alt ↑');
});
test('no two actions share an id or a shortcut', () => {
  const ids = actions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const shortcuts = actions.flatMap((action) => shortcutsOf(action).map((shortcut) => `${action.mode ?? ''} ${shortcut}`));
  expect(shortcuts.filter((shortcut, index) => shortcuts.indexOf(shortcut) !== index)).toEqual([]);
});
test('every action says what it does', () => {
  for (const action of actions) expect(labelOf(action).trim()).not.toBe('');
});
