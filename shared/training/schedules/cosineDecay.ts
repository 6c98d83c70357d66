// Cosine decay with warm-up. Loshchilov and Hutter, 2016.

import { integer, optionalNumber } from '../../lib/fields.ts';
import { schedule } from '../contracts.ts';
import { alphaField, decaySteps, decayStepsField } from './parameters.ts';

export const cosineDecay = schedule({
  id: 'cosineDecay',
  title: 'Cosine decay',
  keras: 'CosineDecay',
  help: 'Falls along half a wave of the cosine: slowly, then fast, then slowly to the end. With warm-up it first rises from the learning rate to a target.',
  formula: 'rate · ((1 − alpha) · ½ · (1 + cos(π · step / decay_steps)) + alpha)',
  fields: {
    decaySteps: decayStepsField(),
    alpha: alphaField(),
    warmupTarget: optionalNumber({
      label: 'Warm-up target',
      help: 'The rate that the warm-up rises to, from the learning rate set above; none: no warm-up.',
      min: 0,
      exclusiveMin: true,
      max: 1000,
      scale: 'log',
      default: null,
    }),
    initialRate: optionalNumber({
      label: 'Start of the warm-up',
      help: 'The rate at the first step, 0 for one that rises from nothing; none: the learning rate set above.',
      keras: 'initial_learning_rate',
      min: 0,
      max: 1000,
      level: 'advanced',
      default: null,
    }),
    warmupSteps: integer({ label: 'Warm-up steps', help: 'Over how many steps it rises.', unit: 'steps', min: 0, default: 0 }),
  },
  rate(step, { initial: set, totalSteps }, p) {
    const initial = p.initialRate ?? set;
    const warmup = p.warmupTarget === null ? 0 : p.warmupSteps;
    const stretch = decaySteps(p.decaySteps, totalSteps - warmup);
    const peak = p.warmupTarget ?? initial;
    if (step < warmup) return (peak - initial) * (step / warmup) + initial;
    const share = Math.min(step - warmup, stretch) / stretch;
    return peak * ((1 - p.alpha) * 0.5 * (1 + Math.cos(Math.PI * share)) + p.alpha);
  },
});
