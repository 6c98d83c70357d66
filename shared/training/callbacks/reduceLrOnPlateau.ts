// Reduce the learning rate on a plateau.

import { integer, number } from '../../lib/fields.ts';
import { callback } from '../contracts.ts';
import { beats, minDeltaField, modeField, monitorField } from './monitor.ts';

export const reduceLrOnPlateau = callback({
  id: 'reduceLrOnPlateau',
  title: 'Reduce the rate on a plateau',
  keras: 'ReduceLROnPlateau',
  help: 'Makes the learning rate smaller when a value has not become better for some epochs: smaller steps often find the way on.',
  fields: {
    monitor: monitorField(),
    factor: number({ label: 'Factor', help: 'The rate is multiplied by this; must be below 1.', min: 0, exclusiveMin: true, max: 0.999, default: 0.1 }),
    patience: integer({ label: 'Patience', help: 'So many epochs without improvement are waited for.', unit: 'epochs', min: 0, default: 10 }),
    minDelta: minDeltaField(1e-4),
    cooldown: integer({ label: 'Cooldown', help: 'So many epochs after a reduction do not count.', unit: 'epochs', min: 0, level: 'advanced', default: 0 }),
    minLr: number({
      label: 'Smallest rate',
      help: 'It is never made smaller than this.',
      keras: 'min_lr',
      min: 0,
      max: 1000,
      scale: 'log',
      level: 'advanced',
      default: 0,
    }),
    mode: modeField(),
  },
  start: { wait: 0, best: null, cooldown: 0 },
  epoch(state, { values, learningRate }, p) {
    const value = values[p.monitor];
    if (value === undefined) return { state };
    const cooldown = Math.max(0, (state['cooldown'] as number) - 1);
    const before = (state['cooldown'] as number) > 0 ? 0 : (state['wait'] as number);
    if (beats(value, state['best'] ?? null, p)) return { state: { wait: 0, best: value, cooldown } };
    if (cooldown > 0) return { state: { ...state, wait: before, cooldown } };
    const wait = before + 1;
    if (wait < p.patience || learningRate <= p.minLr) return { state: { ...state, wait, cooldown } };
    return { state: { ...state, wait: 0, cooldown: p.cooldown }, learningRate: Math.max(learningRate * p.factor, p.minLr) };
  },
  restores: () => false,
});
