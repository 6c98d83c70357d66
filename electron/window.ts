// The app's one window: where it stands, how it is locked up, and what happens when its page dies.

import { join } from 'node:path';
import { app, BrowserWindow, dialog, screen } from 'electron';
import { appPage } from './policy.ts';
import { readPlace, writePlace } from './windowPlace.ts';

const preferences: Electron.WebPreferences = {
  preload: join(import.meta.dirname, 'preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: !app.isPackaged,
};

/** Opens the window where it last stood. */
export function openWindow(): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { maximized, ...bounds } = readPlace(file, areas) ?? { width: 1440, height: 900, maximized: false };
  const window = new BrowserWindow({ ...bounds, minWidth: 1024, minHeight: 700, show: false, title: 'Netwright', webPreferences: preferences });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => writePlace(file, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  window.webContents.on('render-process-gone', (_, { reason }) => void offerReload(window, reason));
  void window.loadURL(appPage);
  return window;
}

/** Runs go on in their own processes; only the page has to come back. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  if (reason === 'clean-exit' || window.isDestroyed()) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window’s page ended unexpectedly.',
    detail: `Reason: ${reason}. Running trainings go on, and unsaved work is offered again.`,
    buttons: ['Reload', 'Quit'],
  });
  if (response === 0) window.reload();
  else app.quit();
}
