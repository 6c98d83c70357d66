// Draws the native menu from the window's own actions: same words, same shortcuts, same order. A plain table in, a plain table out; no Electron here.

import type { MenuItemConstructorOptions } from 'electron';
import type { MenuEntry } from '../shared/protocol/shell.ts';
import type { LinkId } from './links.ts';

export interface MenuSetting {
  readonly platform: NodeJS.Platform;
  /** Shows reload and the developer tools. */
  readonly isDevelopment: boolean;
  readonly onAction: (id: string) => void;
  readonly onLink: (id: LinkId) => void;
}

/** On a Mac text fields get their keys from the menu, so there these actions are the system's own commands. */
const textCommands: Readonly<Record<string, MenuItemConstructorOptions['role']>> = {
  'edit.cut': 'cut',
  'edit.copy': 'copy',
  'edit.paste': 'paste',
  'edit.selectAll': 'selectAll',
};

/** The whole menu bar: the groups of the actions in the order they come, each a menu, and what a system expects around them. */
export function menuTemplate(entries: readonly MenuEntry[], setting: MenuSetting): MenuItemConstructorOptions[] {
  const groups = Map.groupBy(entries, (entry) => entry.group);
  const menus = [...groups].map(([group, members]) => menu(group, members, setting));
  const isMac = setting.platform === 'darwin';
  return [...(isMac ? [{ role: 'appMenu' } as const] : []), ...menus, ...(isMac ? [{ role: 'windowMenu' } as const] : []), helpMenu(setting)];
}

function menu(group: string, entries: readonly MenuEntry[], setting: MenuSetting): MenuItemConstructorOptions {
  return { label: entries[0]?.menu ?? group, submenu: [...entries.map((entry) => item(entry, setting)), ...systemItems(group, setting)] };
}

function item(entry: MenuEntry, { platform, onAction }: MenuSetting): MenuItemConstructorOptions {
  const isMac = platform === 'darwin';
  const role = isMac ? textCommands[entry.id] : undefined;
  if (role) return { role, label: entry.label };
  return {
    id: entry.id,
    label: entry.label,
    enabled: entry.enabled,
    accelerator: accelerator(entry.shortcut),
    // The window hears its keys itself, and knows when a text field should have them instead.
    registerAccelerator: false,
    click: () => onAction(entry.id),
  };
}

/** `Ctrl+ArrowUp` in Electron's words; undefined for keys that a menu cannot show. */
export function accelerator(shortcut: string | null): string | undefined {
  if (shortcut === null) return undefined;
  const names: Readonly<Record<string, string>> = { Ctrl: 'CmdOrCtrl', ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', ' ': 'Space' };
  const parts = shortcut === '+' ? ['Plus'] : shortcut.split('+').map((part) => names[part] ?? part);
  return parts.every((part) => /^([A-Za-z0-9]+|[\x21-\x7e])$/.test(part)) ? parts.join('+') : undefined;
}

/** What belongs into a menu although it is no action of the window. */
function systemItems(group: string, { platform, isDevelopment }: MenuSetting): MenuItemConstructorOptions[] {
  if (group === 'File') return [{ type: 'separator' }, { role: platform === 'darwin' ? 'close' : 'quit' }];
  if (group !== 'View') return [];
  const tools: MenuItemConstructorOptions[] = isDevelopment ? [{ role: 'reload' }, { role: 'toggleDevTools' }] : [];
  return [{ type: 'separator' }, { role: 'togglefullscreen' }, ...tools];
}

function helpMenu({ onLink }: MenuSetting): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: 'Help',
    submenu: [
      { label: 'Keras’ description of the layers', click: () => onLink('keras') },
      { label: 'About the MNIST digits', click: () => onLink('mnist') },
      { label: 'About ONNX Runtime', click: () => onLink('onnxruntime') },
    ],
  };
}
