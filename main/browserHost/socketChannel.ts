// A WebSocket as a channel of the protocol.

import type { WebSocket } from 'ws';
import type { Channel } from '../../shared/protocol/channel.ts';

/** More than this waiting to be sent means that the window does not keep up; bytes. */
const CONGESTED = 1 << 20;

/** Texts only; a binary message closes the connection. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    post: (text) => socket.readyState === socket.OPEN && socket.send(text),
    listen: (listener) => void socket.on('message', (data, binary) => (binary ? socket.close(1003, 'text only') : listener(String(data)))),
    onClose: (listener) => void socket.once('close', listener),
    congested: () => socket.bufferedAmount > CONGESTED,
  };
}
