// The engines of this machine, and an installation in progress.

import { create } from 'zustand';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { EngineInfo, Events } from '../../shared/protocol/contract.ts';
import { client } from './client.ts';

type Progress = Events['engines.progress'];
export interface EnginesState {
  /** Null until the trainer has been asked: not known is not the same as none. */
  readonly engines: readonly EngineInfo[] | null;
  /** The engine that is being installed or removed, and what is done now. */
  readonly working: Progress | null;
  /** Why the last installation or removal failed, by engine. */
  readonly faults: Readonly<Record<string, string>>;
}

const useStore = create<EnginesState>()(() => ({ engines: null, working: null, faults: {} }));

/** When asking fails, nothing is known to be there; the reason is thrown on. */
export async function loadEngines(): Promise<void> {
  try {
    useStore.setState({ engines: await client()['engines.list']() });
  } catch (thrown) {
    useStore.setState({ engines: [] });
    throw thrown;
  }
}

/** Does something that changes what is installed, and keeps what goes wrong with it. */
async function change(id: string, step: string, work: () => Promise<readonly EngineInfo[]>): Promise<void> {
  useStore.setState(({ faults }) => ({ working: { id, step, share: null }, faults: { ...faults, [id]: '' } }));
  try {
    useStore.setState({ engines: await work() });
  } catch (thrown) {
    const { code, message } = errorDetails(thrown);
    if (code !== 'engine-cancelled') useStore.setState(({ faults }) => ({ faults: { ...faults, [id]: message } }));
  } finally {
    useStore.setState({ working: null });
  }
}

export const installEngine = (id: string): Promise<void> => change(id, 'Starting …', () => client()['engines.install'](id));
export const uninstallEngine = (id: string): Promise<void> => change(id, 'Removing …', () => client()['engines.uninstall'](id));
/** The installation's own call then ends; nothing is left of it. */
export const cancelInstallation = (): Promise<void> => client()['engines.cancel']();

/** Takes in an event of the main process. */
export const noteEngineProgress = (progress: Progress): void => useStore.setState(({ working }) => (working?.id === progress.id ? { working: progress } : {}));

/** Null while they are not known yet. */
export const useEngines = (): readonly EngineInfo[] | null => useStore((state) => state.engines);
/** What is done with an engine now; null: nothing. */
export const useEngineWork = (id: string): Progress | null => useStore((state) => (state.working?.id === id ? state.working : null));
/** Why it could not be installed or removed; empty: nothing went wrong. */
export const useEngineFault = (id: string): string => useStore((state) => state.faults[id] ?? '');
