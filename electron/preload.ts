// Runs in the window before the page, in its own world: opens the line to the main process and shows the page the line and the menu, nothing of Electron.

import { contextBridge, ipcRenderer } from 'electron';
import type { ShellBridge } from '../shared/protocol/shell.ts';
import { messages } from './messages.ts';

const { port1: port, port2: other } = new MessageChannel();
ipcRenderer.postMessage(messages.connect, null, [other]);

const bridge: ShellBridge = {
  channel: {
    post: (text) => port.postMessage(text),
    listen: (listener) => {
      port.onmessage = ({ data }: MessageEvent<string>) => {
        listener(data);
        port.postMessage(messages.taken);
      };
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
  },
  setMenu: (entries) => ipcRenderer.send(messages.menu, entries),
};

contextBridge.exposeInMainWorld('netwrightShell', bridge);
