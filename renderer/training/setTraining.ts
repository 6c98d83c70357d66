// A change of the training settings, as a step of the document's history.

import type { TrainingSettings } from '../../shared/training/settings.ts';
import { commit } from '../state/index.ts';

export const setTraining = (label: string, settings: Partial<TrainingSettings>): void => commit(`set ${label}`, [{ type: 'setTraining', settings }]);
