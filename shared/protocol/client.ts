// The renderer's (or a script's) end of a connection: typed calls and subscriptions over any channel.

import { createBirpc } from 'birpc';
import { type ErrorDetails, NetwrightError } from '../lib/errors.ts';
import { birpcOptions, type Channel, type ClientFunctions, type ServerFunctions } from './channel.ts';
import type { CallName, Client, EventName, Events } from './contract.ts';

export interface Connection {
  /** `calls['runs.start'](request)`; refusals are thrown as NetwrightError. */
  readonly calls: Client;
  /** @returns the end of the subscription */
  subscribe<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Called once when the other side is gone; at once if it is already. @returns the end of the subscription */
  onClose(listener: () => void): () => void;
}

const lost: ErrorDetails = {
  kind: 'work',
  code: 'connection-lost',
  message: 'The connection to Netwright’s main process is gone. Reload the window; saved work and runs are kept.',
};

/** Ends of subscriptions by event. */
class Listeners {
  private readonly byEvent = new Map<string, Set<(payload: never) => void>>();

  add(event: string, listener: (payload: never) => void): () => void {
    const set = this.byEvent.get(event) ?? new Set();
    this.byEvent.set(event, set.add(listener));
    return () => void set.delete(listener);
  }

  tell(event: string, payload: unknown): void {
    for (const listener of [...(this.byEvent.get(event) ?? [])]) listener(payload as never);
  }
}

/** Opens the client's end of a channel. */
export function createClient(channel: Channel): Connection {
  const listeners = new Listeners();
  let closed = false;
  const functions: ClientFunctions = Object.assign(Object.create(null), { event: (name: string, payload: unknown) => listeners.tell(name, payload) });
  const rpc = createBirpc<ServerFunctions, ClientFunctions>(functions, birpcOptions(channel));
  channel.onClose(() => {
    closed = true;
    rpc.$close(new NetwrightError(lost));
    listeners.tell('close', undefined);
  });

  const call = async (name: CallName, args: readonly unknown[]): Promise<unknown> => {
    if (closed) throw new NetwrightError(lost);
    const outcome = await rpc.call(name, args);
    if ('error' in outcome) throw new NetwrightError(outcome.error);
    return outcome.value;
  };
  const calls = new Proxy({} as Client, {
    // A promise must not take this for another promise.
    get: (_, name) => (typeof name !== 'string' || name === 'then' ? undefined : (...args: readonly unknown[]) => call(name as CallName, args)),
  });
  return {
    calls,
    subscribe: (event, listener) => listeners.add(event, listener as (payload: never) => void),
    onClose: (listener) => {
      if (!closed) return listeners.add('close', listener);
      listener();
      return () => undefined;
    },
  };
}
