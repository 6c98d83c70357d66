// Stop at a threshold: enough is enough.

import { number } from '../../lib/fields.ts';
import { callback } from '../contracts.ts';
import { modeField, monitorField, moreIsBetter } from './monitor.ts';

export const stopAtThreshold = callback({
  id: 'stopAtThreshold',
  title: 'Stop at a threshold',
  keras: null,
  help: 'Ends training once a value is good enough: above the threshold where more is better, below it where less is.',
  fields: {
    monitor: monitorField(),
    threshold: number({ label: 'Threshold', help: 'Training ends with the first epoch that reaches it.', default: 0.1 }),
    mode: modeField(),
  },
  start: {},
  epoch(state, { values }, p) {
    const value = values[p.monitor];
    const isReached = value !== undefined && (moreIsBetter(p.monitor, p.mode) ? value >= p.threshold : value <= p.threshold);
    return isReached ? { state, stop: `${p.monitor} has reached ${p.threshold}: it is ${value}.` } : { state };
  },
  restores: () => false,
});
