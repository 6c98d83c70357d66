// The main process's end of a connection: checks every call, runs its handler, sends results, errors and events.

import { createBirpc } from 'birpc';
import { errorDetails, NetwrightError } from '../lib/errors.ts';
import { checkArguments, isCallName } from './arguments.ts';
import { birpcOptions, type Channel, type ClientFunctions, type Outcome, type ServerFunctions } from './channel.ts';
import type { EventName, Events, Handlers } from './contract.ts';

export type Emit = <E extends EventName>(event: E, payload: Events[E]) => void;

export interface ServedConnection {
  /** Sends an event; progress of runs is left out while the channel is congested, then the client is told to look again. */
  readonly emit: Emit;
  close(): void;
}

/** Runs one call by name; used by every end that serves, and directly by tests. */
export async function runCall(handlers: Handlers, name: unknown, args: unknown): Promise<Outcome> {
  try {
    if (typeof name !== 'string' || !isCallName(name)) {
      throw new NetwrightError({
        kind: 'usage',
        code: 'unknown-call',
        message: `There is no call “${String(name)}”. The window and the main process may be of different versions: restart Netwright.`,
      });
    }
    if (!Array.isArray(args))
      throw new NetwrightError({ kind: 'usage', code: 'call-arguments', where: name, message: `The call “${name}” got no list of arguments.` });
    const handler = handlers[name] as (...values: readonly unknown[]) => unknown;
    const value = await handler(...checkArguments(name, args));
    return { value: value ?? null };
  } catch (error) {
    return { error: errorDetails(error) };
  }
}

/** Serves the handlers over a channel until it closes. */
export function serve(channel: Channel, handlers: Handlers): ServedConnection {
  const functions: ServerFunctions = Object.assign(Object.create(null), { call: (name: unknown, args: unknown) => runCall(handlers, name, args) });
  const rpc = createBirpc<ClientFunctions, ServerFunctions>(functions, { ...birpcOptions(channel), eventNames: ['event'], onGeneralError: () => true });
  /** Runs whose progress was left out. */
  const missed = new Set<string>();
  let closed = false;
  const close = () => {
    closed = true;
    if (!rpc.$closed) rpc.$close();
  };
  channel.onClose(close);

  const send = (event: EventName, payload: unknown) => void rpc.event(event, payload);
  const emit: Emit = (event, payload) => {
    if (closed) return;
    if (event === 'runs.progress' && channel.congested?.()) {
      missed.add((payload as Events['runs.progress']).id);
      return;
    }
    for (const id of missed) send('runs.changed', { id });
    missed.clear();
    send(event, payload);
  };
  return { emit, close };
}
