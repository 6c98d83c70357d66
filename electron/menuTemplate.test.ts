import { expect, test, vi } from 'vitest';
import type { MenuEntry } from '../shared/protocol/shell.ts';
import { accelerator, type MenuSetting, menuTemplate } from './menuTemplate.ts';

const entries: MenuEntry[] = [
  { id: 'file.save', label: 'Save', group: 'File', menu: 'File', shortcut: 'Ctrl+S', enabled: true },
  { id: 'edit.undo', label: 'Undo: add dense_1', group: 'Edit', menu: 'Edit', shortcut: 'Ctrl+Z', enabled: false },
  { id: 'edit.copy', label: 'Copy', group: 'Edit', menu: 'Edit', shortcut: 'Ctrl+C', enabled: true },
  { id: 'view.fit', label: 'Fit all', group: 'View', menu: 'View', shortcut: '1', enabled: true },
];
const setting = (over: Partial<MenuSetting> = {}): MenuSetting => ({
  platform: 'linux',
  isDevelopment: false,
  onAction: () => undefined,
  onLink: () => undefined,
  ...over,
});
const menus = (over?: Partial<MenuSetting>) => menuTemplate(entries, setting(over));
const itemsOf = (label: string, over?: Partial<MenuSetting>) => {
  const submenu = menus(over).find((menu) => menu.label === label)?.submenu;
  return Array.isArray(submenu) ? submenu : [];
};

test('a menu for each group, in the order of the actions, and help', () => {
  expect(menus().map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Help']);
  expect(menus({ platform: 'darwin' }).map(({ role, label }) => label ?? role)).toEqual(['appMenu', 'File', 'Edit', 'View', 'windowMenu', 'Help']);
});

test('an item says what the action says, and choosing it names the action', () => {
  const onAction = vi.fn();
  const [undo] = itemsOf('Edit', { onAction });
  expect(undo).toMatchObject({ label: 'Undo: add dense_1', enabled: false, accelerator: 'CmdOrCtrl+Z', registerAccelerator: false });
  undo?.click?.(undefined as never, undefined, undefined as never);
  expect(onAction).toHaveBeenCalledExactlyOnceWith('edit.undo');
});

test('on a Mac text fields get the commands of the system', () => {
  expect(itemsOf('Edit', { platform: 'darwin' })[1]).toEqual({ role: 'copy', label: 'Copy' });
  expect(itemsOf('Edit')[1]).not.toHaveProperty('role');
});

test('the developer tools are offered in a clone only', () => {
  const roles = (over: Partial<MenuSetting>) => itemsOf('View', over).map(({ role }) => role);
  expect(roles({ isDevelopment: true })).toContain('toggleDevTools');
  expect(roles({ isDevelopment: false })).not.toContain('toggleDevTools');
});

test('help opens links by id', () => {
  const onLink = vi.fn();
  for (const item of itemsOf('Help', { onLink })) item.click?.(undefined as never, undefined, undefined as never);
  expect(onLink.mock.calls).toEqual([['keras'], ['mnist'], ['onnxruntime']]);
});

test.each([
  ['Ctrl+Shift+Z', 'CmdOrCtrl+Shift+Z'],
  ['Alt+ArrowUp', 'Alt+Up'],
  ['Delete', 'Delete'],
  ['?', '?'],
  [' ', 'Space'],
  ['Ctrl+ü', undefined],
  [null, undefined],
])('%s is shown as %s', (shortcut, shown) => {
  expect(accelerator(shortcut)).toBe(shown);
});
