// The desktop app as a host of the main process: the folders of a plain one, what the app carries along, and the system's file dialogs.

import { app, BrowserWindow, dialog, type FileFilter } from 'electron';
import type { Dialogs, Host } from '../main/host.ts';
import { nodeHost } from '../main/nodeHost.ts';
import { hostPaths } from './hostPaths.ts';

const project: FileFilter = { name: 'Netwright project', extensions: ['netwright'] };
const models: FileFilter = { name: 'Keras model', extensions: ['keras', 'h5', 'hdf5'] };
const all: FileFilter = { name: 'Projects and models', extensions: [...project.extensions, ...models.extensions] };

const dialogs: Dialogs = {
  async open() {
    const { filePaths } = await inWindow((window) => dialog.showOpenDialog(window, { filters: [all, project, models], properties: ['openFile'] }));
    return filePaths[0] ?? null;
  },
  async save(suggestedName) {
    const filters = [project, models].filter(({ extensions }) => extensions.some((extension) => suggestedName.endsWith(`.${extension}`)));
    const { canceled, filePath } = await inWindow((window) => dialog.showSaveDialog(window, { filters, defaultPath: suggestedName }));
    return canceled || filePath === '' ? null : filePath;
  },
};

/** Dialogs belong to the window, so that they cannot be lost behind it. */
function inWindow<T>(show: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('There is no window to ask in.');
  return show(window);
}

/** The host of this process. */
export function electronHost(): Host {
  const place = { isPackaged: app.isPackaged, resources: process.resourcesPath, cloneNode: process.env.NETWRIGHT_NODE, platform: process.platform };
  return { ...nodeHost(), ...hostPaths(place), kind: 'electron', dialogs };
}
