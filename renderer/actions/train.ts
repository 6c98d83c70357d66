// Train, pause, stop, race. Train never greys out: what stands in its way is opened instead.

import { Flag, Pause, Play, Square, StepForward } from 'lucide-react';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import {
  currentAnalysis,
  currentNetwork,
  currentProject,
  datasetById,
  fetchDataset,
  isBusy,
  latestRunOf,
  notify,
  notifyFailure,
  pauseRun,
  resumeRun,
  setOverlay,
  setPanel,
  showNetwork,
  showView,
  startRace,
  startRun,
  stopRun,
  useRunStore,
  useSession,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { showProblem } from './view.ts';

/** The active network's run, if it is going on. */
function activeRun(): RunSnapshot | null {
  const run = latestRunOf(useRunStore.getState(), useSession.getState().activeNetwork);
  return run && isBusy(run) ? run : null;
}

/** Opens the first thing that keeps a network from being trained; true where nothing does. */
function readyToTrain(networkId: string): boolean {
  const network = currentNetwork(networkId);
  if (!network) return false;
  const problem = currentAnalysis(network).problems.find((candidate) => candidate.severity === 'error');
  if (problem) {
    if (useSession.getState().activeNetwork !== networkId) showNetwork(networkId);
    showProblem(problem);
    return false;
  }
  if (currentProject().dataset !== null) return true;
  setOverlay('datasets');
  return false;
}

async function datasetReady(): Promise<void> {
  const dataset = datasetById(currentProject().dataset);
  if (!dataset || dataset.available) return;
  notify({ tone: 'info', text: `Getting ${dataset.title}`, detail: 'Training begins when it is here.' });
  await fetchDataset(dataset.id);
}

/** Trains the active network, or opens what stands in the way. */
export async function train(settings: Partial<TrainingSettings> = {}): Promise<void> {
  const networkId = useSession.getState().activeNetwork;
  if (networkId === null || !readyToTrain(networkId)) return;
  await datasetReady();
  await startRun(networkId, { settings });
  setPanel('dock', { open: true });
  showView('design');
}

/** Trains, pauses or goes on, whichever fits. */
async function trainOrPause(): Promise<void> {
  const run = activeRun();
  if (!run) return train();
  return run.status === 'paused' ? resumeRun(run.id) : pauseRun(run.id);
}

/** Stops the active network's run; what it learned until then is kept in its record. */
async function stop(): Promise<void> {
  const run = activeRun();
  if (run) await stopRun(run.id);
}

/** Trains all networks of the project one after another on the same data with the same seed. */
export async function race(): Promise<void> {
  const { networks } = currentProject();
  if (!networks.every((network) => readyToTrain(network.id))) return;
  await datasetReady();
  showView('race');
  await startRace(networks.map((network) => network.id)).catch(notifyFailure);
}

const trainLabel = () => (activeRun() === null ? 'Train' : activeRun()?.status === 'paused' ? 'Go on training' : 'Pause training');

export const trainActions: readonly Action[] = [
  {
    id: 'train.start',
    plain: 'Train, pause, go on',
    label: trainLabel,
    group: 'Train',
    shortcut: 'Enter',
    icon: Play,
    words: 'run fit pause resume',
    run: trainOrPause,
  },
  { id: 'train.stop', label: 'Stop training', group: 'Train', icon: Square, when: () => activeRun() !== null, run: stop },
  { id: 'train.pause', label: 'Pause training', group: 'Train', icon: Pause, when: () => activeRun()?.status === 'running', run: trainOrPause, hidden: true },
  {
    id: 'train.epoch',
    label: 'Train one epoch',
    group: 'Train',
    shortcut: 'Shift+Enter',
    icon: StepForward,
    when: () => activeRun() === null,
    run: () => train({ epochs: 1 }),
  },
  { id: 'train.race', label: 'Race all networks', group: 'Train', shortcut: 'Ctrl+Enter', icon: Flag, words: 'compare', run: race },
];
