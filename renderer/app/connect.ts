// The line to the main process: a port in the desktop app, a socket in a browser. Comes back by itself when it is lost.

import { createClient, type Connection } from '../../shared/protocol/client.ts';
import type { Channel } from '../../shared/protocol/channel.ts';
import type { ShellBridge } from '../../shared/protocol/shell.ts';

declare global {
  interface Window {
    /** What the desktop app's preload puts here. */
    readonly netwrightShell?: ShellBridge;
  }
}

function socketChannel(socket: WebSocket): Channel {
  return {
    post: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    listen: (listener) => {
      socket.onmessage = ({ data }: MessageEvent<string>) => listener(data);
    },
    onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
  };
}

/** The one-time code of the address becomes a cookie; the code leaves the address, so that it cannot be passed on by mistake. */
async function openSession(): Promise<void> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code === null) return;
  await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
  history.replaceState(null, '', location.pathname);
}

function openSocket(): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/channel`);
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => reject(new Error('The main process does not answer.')), { once: true });
  });
}

async function openChannel(): Promise<Channel> {
  if (window.netwrightShell) return window.netwrightShell.openChannel();
  await openSession();
  return socketChannel(await openSocket());
}

/** Milliseconds before trying again: soon at first, then every five seconds. */
const pauses = [200, 500, 1000, 2000, 5000];

/** Connects, and again whenever the line is lost. Ends never. */
export function stayConnected(onConnected: (connection: Connection) => void, onLost: () => void): void {
  const tryFrom = (attempt: number) => {
    openChannel().then(
      (channel) => {
        const connection = createClient(channel);
        connection.onClose(() => {
          onLost();
          setTimeout(() => tryFrom(0), pauses[0]);
        });
        onConnected(connection);
      },
      () => {
        onLost();
        setTimeout(() => tryFrom(attempt + 1), pauses[Math.min(attempt, pauses.length - 1)]);
      },
    );
  };
  tryFrom(0);
}
