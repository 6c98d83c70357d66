// Runs as the window knows them: snapshots, kept up to date by events; and the calls that start and steer them.

import { create } from 'zustand';
import type { Events, RunProgress, RunSnapshot, RunStatus } from '../../shared/protocol/contract.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { client } from './client.ts';
import { currentNetwork, currentProject, noteRun, useDocument } from './document.ts';
import { foldProgress } from './foldRuns.ts';

export interface RunsState {
  readonly runs: Readonly<Record<string, RunSnapshot>> /** Oldest first. */;
  readonly order: readonly string[];
}
export const useRunStore = create<RunsState>()(() => ({ runs: {}, order: [] }));

const busyStates: readonly RunStatus[] = ['queued', 'preparing', 'running', 'paused'];
/** Whether a run is still going on or going to. */
export const isBusy = (run: RunSnapshot): boolean => busyStates.includes(run.status);

function put(run: RunSnapshot): void {
  useRunStore.setState(({ runs, order }) => ({ runs: { ...runs, [run.id]: run }, order: order.includes(run.id) ? order : [...order, run.id] }));
}
function drop(id: string): void {
  useRunStore.setState(({ runs, order }) => ({
    runs: Object.fromEntries(Object.entries(runs).filter(([key]) => key !== id)),
    order: order.filter((other) => other !== id),
  }));
}

/** Asks for all runs anew (at the start, and after the connection was lost). */
export async function loadRuns(): Promise<void> {
  const list = await client()['runs.list']();
  useRunStore.setState({ runs: Object.fromEntries(list.map((run) => [run.id, run])), order: list.map((run) => run.id) });
}

/** Takes in an event of the main process. */
export function noteProgress(event: RunProgress): void {
  const known = useRunStore.getState().runs[event.id];
  if (known) put(foldProgress(known, event));
  else void noteRunsChanged({ id: event.id });
}

/** A run came or went: asks for it; one that is no longer there leaves the list. */
export async function noteRunsChanged({ id }: Events['runs.changed']): Promise<void> {
  try {
    put(await client()['runs.get'](id));
  } catch {
    drop(id);
  }
}

/** Starts training a network of the open project as it stands; the run's id. @throws what the main process says is wrong */
export async function startRun(networkId: string, options: { readonly race?: string; readonly settings?: Partial<TrainingSettings> } = {}): Promise<string> {
  const project = currentProject();
  const network = currentNetwork(networkId);
  if (!network || project.dataset === null) throw new Error('Training needs a network and a dataset.');
  const { id } = await client()['runs.start']({
    project: useDocument.getState().path ?? project.name,
    network,
    settings: { ...project.training, ...options.settings },
    dataset: project.dataset,
    race: options.race ?? null,
  });
  noteRun(id);
  await noteRunsChanged({ id });
  return id;
}

/** The race whose runs are being queued, one call each: a stop must reach those that are not queued yet. */
let placing: { stopped: boolean } | null = null;

/** Trains networks one after another on the same data with the same seed; the ids of the runs. */
export async function startRace(networkIds: readonly string[]): Promise<readonly string[]> {
  const race = crypto.randomUUID();
  const mine = { stopped: false };
  placing = mine;
  const ids: string[] = [];
  for (const networkId of networkIds) {
    if (mine.stopped) break;
    ids.push(await startRun(networkId, { race }));
  }
  if (mine.stopped) await stopRuns(ids);
  return ids;
}

/** Ends a race: what goes on or waits, and what would still be queued. */
export async function stopRace(runs: readonly RunSnapshot[]): Promise<void> {
  if (placing) placing.stopped = true;
  await stopRuns(runs.map(({ id }) => id));
}

/** The last first, so that none of the queue comes up meanwhile. */
async function stopRuns(ids: readonly string[]): Promise<void> {
  const { runs } = useRunStore.getState();
  const busy = ids.filter((id) => runs[id] && isBusy(runs[id]));
  await Promise.all(busy.toReversed().map(stopRun));
}

export const pauseRun = (id: string): Promise<void> => client()['runs.pause'](id);
export const resumeRun = (id: string): Promise<void> => client()['runs.resume'](id);
export const stopRun = (id: string): Promise<void> => client()['runs.stop'](id);
export const setLearningRate = (id: string, rate: number): Promise<void> => client()['runs.setLearningRate'](id, rate);
export async function removeRun(id: string): Promise<void> {
  await client()['runs.remove'](id);
  drop(id);
}

/** The newest run of a network; null where it was never trained. */
export function latestRunOf({ runs, order }: RunsState, networkId: string | null): RunSnapshot | null {
  const id = order.findLast((candidate) => runs[candidate]?.networkId === networkId);
  return id === undefined ? null : (runs[id] ?? null);
}
/** The run that holds the trainer: running, paused or preparing; else the first in the queue. */
function busyRun({ runs, order }: RunsState): RunSnapshot | null {
  const busy = order.map((id) => runs[id]).filter((run) => run !== undefined && isBusy(run));
  return busy.find((run) => run?.status !== 'queued') ?? busy[0] ?? null;
}

export const useLatestRun = (networkId: string | null): RunSnapshot | null => useRunStore((state) => latestRunOf(state, networkId));
export const useBusyRun = (): RunSnapshot | null => useRunStore(busyRun);
/** Whether one goes on: changes at its start and end only, not with every batch, so that whole pages may ask. */
export const useIsTraining = (): boolean => useRunStore((state) => busyRun(state) !== null);
