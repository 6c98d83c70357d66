// The protocol's channel over Electron's message port, main process side. Counts what the window has not taken yet, so that a stalled window
// does not make this process grow. Knows only the port's shape, not Electron.

import type { Channel } from '../shared/protocol/channel.ts';
import { messages } from './messages.ts';

/** What is used of Electron's MessagePortMain. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

/** So many texts may be under way before the window counts as stalled. */
const tooMany = 64;

/** A channel over the port; the other end is the preload script. */
export function portChannel(port: Port): Channel {
  let waiting = 0;
  let open = true;
  let listener: (text: string) => void = () => undefined;
  port.on('message', ({ data }) => {
    if (data === messages.taken) waiting--;
    else if (typeof data === 'string') listener(data);
  });
  port.on('close', () => {
    open = false;
  });
  return {
    post: (text) => {
      if (!open) return;
      waiting++;
      port.postMessage(text);
    },
    listen: (next) => {
      listener = next;
      port.start();
    },
    onClose: (closed) => void port.on('close', closed),
    congested: () => waiting > tooMany,
  };
}
