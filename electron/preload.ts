// Runs in the window before the page, in its own world: shows the page how to open its line to the main
// process and how to describe its menu, and nothing of Electron.

import { contextBridge, ipcRenderer } from 'electron';
import type { Channel } from '../shared/protocol/channel.ts';
import type { ShellBridge } from '../shared/protocol/shell.ts';
import { messages } from './messages.ts';

function openChannel(): Channel {
  const { port1: port, port2: other } = new MessageChannel();
  ipcRenderer.postMessage(messages.connect, null, [other]);
  return {
    post: (text) => port.postMessage(text),
    listen: (listener) => {
      port.onmessage = ({ data }: MessageEvent<string>) => {
        listener(data);
        port.postMessage(messages.taken);
      };
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
  };
}

const bridge: ShellBridge = {
  openChannel,
  setMenu: (entries) => ipcRenderer.send(messages.menu, entries),
};

contextBridge.exposeInMainWorld('netwrightShell', bridge);
