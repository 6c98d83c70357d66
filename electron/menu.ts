// Puts the native menu in place, again whenever the window says that its actions have changed.

import { Menu } from 'electron';
import type { MenuEntry } from '../shared/protocol/shell.ts';
import { type MenuSetting, menuTemplate } from './menuTemplate.ts';

/** Replaces the menu bar. */
export function showMenu(entries: readonly MenuEntry[], setting: MenuSetting): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(entries, setting)));
}
