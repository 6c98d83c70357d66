// Early stopping: ends training when it no longer gets better.

import { boolean, integer, optionalNumber } from '../../lib/fields.ts';
import { callback } from '../contracts.ts';
import { beats, minDeltaField, modeField, monitorField } from './monitor.ts';

export const earlyStopping = callback({
  id: 'earlyStopping',
  title: 'Early stopping',
  keras: 'EarlyStopping',
  help: 'Ends training when a value has not become better for some epochs: what comes after is mostly memorizing.',
  fields: {
    monitor: monitorField(),
    patience: integer({ label: 'Patience', help: 'So many epochs without improvement are waited for.', unit: 'epochs', min: 0, default: 3 }),
    restoreBestWeights: boolean({ label: 'Keep the best weights', help: 'Goes back to the weights of the best epoch when training ends.', default: true }),
    minDelta: minDeltaField(0),
    startFromEpoch: integer({
      label: 'From epoch',
      help: 'Epochs before this one (counted from 0) do not count.',
      unit: 'epochs',
      min: 0,
      level: 'advanced',
      default: 0,
    }),
    baseline: optionalNumber({ label: 'Baseline', help: 'Stops unless the value becomes better than this.', level: 'advanced', default: null }),
    mode: modeField(),
  },
  start: { wait: 0, best: null, bestEpoch: null },
  epoch(state, { epoch, values }, p) {
    const value = values[p.monitor];
    // Keras counts epochs from 0.
    if (value === undefined || epoch - 1 < p.startFromEpoch) return { state };
    const wait = (state['wait'] as number) + 1;
    if (beats(value, state['best'] ?? null, p)) {
      const isRestarted = p.baseline === null || beats(value, p.baseline, p);
      return { state: { wait: isRestarted ? 0 : wait, best: value, bestEpoch: epoch }, keep: p.restoreBestWeights };
    }
    const next = { ...state, wait };
    if (wait < p.patience || epoch === 1) return { state: next };
    return { state: next, stop: `${p.monitor} has not become better since epoch ${state['bestEpoch']} (${state['best']}).` };
  },
  restores: (p) => p.restoreBestWeights,
});
