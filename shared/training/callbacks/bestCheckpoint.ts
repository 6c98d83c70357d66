// Best checkpoint: keeps the weights of the best epoch beside the last ones.

import { boolean } from '../../lib/fields.ts';
import { callback } from '../contracts.ts';
import { beats, modeField, monitorField } from './monitor.ts';

export const bestCheckpoint = callback({
  id: 'bestCheckpoint',
  title: 'Keep the best epoch',
  keras: 'ModelCheckpoint',
  help: 'Keeps the weights of the best epoch in the run’s folder, as best-bestCheckpoint.safetensors; training itself goes on unchanged.',
  fields: {
    monitor: monitorField(),
    restore: boolean({ label: 'End with them', help: 'The best weights take the place of the last ones when training ends.', default: false }),
    mode: modeField(),
  },
  start: { best: null, bestEpoch: null },
  epoch(state, { epoch, values }, p) {
    const value = values[p.monitor];
    if (value === undefined || !beats(value, state['best'] ?? null, { ...p, minDelta: 0 })) return { state };
    return { state: { best: value, bestEpoch: epoch }, keep: true };
  },
  restores: (p) => p.restore,
});
