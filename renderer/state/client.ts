// The line to the main process. The app sets it once it is connected; everything else asks for it here.

import { create } from 'zustand';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { Client } from '../../shared/protocol/contract.ts';

export type Connection = 'connecting' | 'connected' | 'lost';
interface ClientState {
  readonly connection: Connection;
  readonly client: Client | null;
  readonly host: 'electron' | 'browser';
  readonly version: string;
}

export const useClient = create<ClientState>()(() => ({ connection: 'connecting', client: null, host: 'browser', version: '' }));

/** The client. @throws NetwrightError while there is no connection */
export function client(): Client {
  const current = useClient.getState().client;
  if (current) return current;
  throw new NetwrightError({
    kind: 'work',
    code: 'not-connected',
    message: 'Netwright has lost its main process. What you draw is kept here; wait until it is connected again.',
  });
}

export const setClient = (next: Client): void => useClient.setState({ client: next, connection: 'connected' });
export const setConnection = (connection: Connection): void => useClient.setState(connection === 'connected' ? { connection } : { connection, client: null });
export const useConnection = (): Connection => useClient((state) => state.connection);
