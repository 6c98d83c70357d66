// Inverse time decay: the rate is divided by a growing number.

import { schedule } from '../contracts.ts';
import { decayRateField, decaySteps, decayStepsField, staircaseField } from './parameters.ts';

export const inverseTimeDecay = schedule({
  id: 'inverseTimeDecay',
  title: 'Inverse time decay',
  keras: 'InverseTimeDecay',
  help: 'Divides the rate by a number that grows evenly: with a decay rate of 1 it is halved after the decay steps.',
  formula: 'rate / (1 + decay_rate · step / decay_steps)',
  fields: { decaySteps: decayStepsField(), decayRate: decayRateField('By how much the divisor grows over the decay steps.', 1), staircase: staircaseField() },
  rate(step, { initial, totalSteps }, p) {
    const share = step / decaySteps(p.decaySteps, totalSteps);
    return initial / (1 + p.decayRate * (p.staircase ? Math.floor(share) : share));
  },
});
