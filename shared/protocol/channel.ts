// What a connection needs of the thing under it: one text per message, both ways. A WebSocket, an Electron port and a pair
// in one process all fit. Also the texts' format: JSON of a birpc message, checked when it comes in.

import { NetwrightError, type ErrorDetails } from '../lib/errors.ts';
import { parseJson } from '../project/plainJson.ts';

export interface Channel {
  post(text: string): void;
  /** Called for every text that comes in. Only one listener is ever set. */
  listen(listener: (text: string) => void): void;
  /** Called once when the other side is gone. */
  onClose(listener: () => void): void;
  /** True while texts pile up because the other side is slow; then only what must go is sent. */
  congested?(): boolean;
}

/** How every call ends: errors cross as plain details, never as thrown objects. */
export type Outcome = { readonly value: unknown } | { readonly error: ErrorDetails };

/** The functions behind the two ends of a connection, as birpc sees them. */
export interface ServerFunctions {
  call(name: string, args: readonly unknown[]): Promise<Outcome>;
}
export interface ClientFunctions {
  event(name: string, payload: unknown): void;
}

/** A message that answers nothing: what garbage is turned into. */
const inert = { t: 's', i: '' };

function readMessage(text: string): object {
  try {
    const message = parseJson(text, 'A message');
    if (typeof message !== 'object' || message === null || !('t' in message)) return inert;
    return message.t === 'q' && !Array.isArray('a' in message ? message.a : null) ? inert : message;
  } catch (error) {
    if (error instanceof NetwrightError) return inert;
    throw error;
  }
}

/** The options both ends give to birpc: no timeout, since a download or a dialog may take minutes; a closed channel ends all calls. */
export const birpcOptions = (channel: Channel) => ({
  post: (text: string) => channel.post(text),
  on: (listener: (text: string) => void) => channel.listen(listener),
  serialize: (message: unknown) => JSON.stringify(message),
  deserialize: readMessage,
  timeout: -1,
});

/** Two channels joined in one process. Texts arrive in a later microtask, as they would through a port. */
export function channelPair(): readonly [Channel & { close(): void }, Channel & { close(): void }] {
  const listeners: ((text: string) => void)[] = [];
  const closers: (() => void)[] = [];
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    for (const closer of closers) closer();
  };
  const side = (mine: number, other: number) => ({
    post: (text: string) => void Promise.resolve().then(() => open && listeners[other]?.(text)),
    listen: (listener: (text: string) => void) => void (listeners[mine] = listener),
    onClose: (listener: () => void) => void closers.push(listener),
    close,
  });
  return [side(0, 1), side(1, 0)];
}
