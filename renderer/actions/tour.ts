// The tour of the first minute: begun on a network that can be trained, ended by anyone at any time, offered until it was.

import { Compass } from 'lucide-react';
import { currentAnalysis, currentNetwork, currentProject, lookInto, setPanel, showView, useSession } from '../state/index.ts';
import type { Action } from './action.ts';
import { openTemplate } from './file.ts';

/** The sample whose data is part of the package. */
const sample = 'digits';

function isTrainable(): boolean {
  const network = currentNetwork(useSession.getState().activeNetwork);
  return network !== null && currentProject().dataset !== null && !currentAnalysis(network).problems.some(({ severity }) => severity === 'error');
}

/** Begins the tour; where the open network cannot be trained, on the sample. */
async function beginTour(): Promise<void> {
  if (!isTrainable()) await openTemplate(sample);
  showView('design');
  lookInto([]);
  setPanel('inspector', { open: true });
  useSession.setState({ tour: 0, drawing: 'canvas' });
}

export function stepTour(tour: number): void {
  useSession.setState({ tour });
}
/** It is offered no more, but stays among the commands. */
export function endTour(): void {
  useSession.setState({ tour: null, tourSeen: true });
}

export const tourActions: readonly Action[] = [
  { id: 'view.tour', label: 'Tour of one minute', group: 'View', icon: Compass, words: 'help begin learn introduction', run: beginTour },
];
