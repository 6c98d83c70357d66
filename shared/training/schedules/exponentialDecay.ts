// Exponential decay: the rate falls by the same factor over and over.

import { schedule } from '../contracts.ts';
import { decayRateField, decaySteps, decayStepsField, staircaseField } from './parameters.ts';

export const exponentialDecay = schedule({
  id: 'exponentialDecay',
  title: 'Exponential decay',
  keras: 'ExponentialDecay',
  help: 'Falls by the same factor in every stretch of steps: fast first, then ever more slowly.',
  formula: 'rate · decay_rate^(step / decay_steps)',
  fields: { decaySteps: decayStepsField(), decayRate: decayRateField('The factor that is left after the decay steps.', 0.96), staircase: staircaseField() },
  rate(step, { initial, totalSteps }, p) {
    const share = step / decaySteps(p.decaySteps, totalSteps);
    return initial * p.decayRate ** (p.staircase ? Math.floor(share) : share);
  },
});
