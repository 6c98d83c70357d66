// Polynomial decay: the rate falls to an end along a power of the steps left.

import { boolean, number } from '../../lib/fields.ts';
import { schedule } from '../contracts.ts';
import { decaySteps, decayStepsField } from './parameters.ts';

export const polynomialDecay = schedule({
  id: 'polynomialDecay',
  title: 'Polynomial decay',
  keras: 'PolynomialDecay',
  help: 'Falls to a last rate: along a straight line with power 1, ever flatter with more.',
  formula: '(rate − end) · (1 − step / decay_steps)^power + end',
  fields: {
    decaySteps: decayStepsField(),
    endLearningRate: number({ label: 'End rate', help: 'The learning rate at the end.', min: 0, max: 1000, scale: 'log', default: 0.0001 }),
    power: number({ label: 'Power', help: '1: a straight line; 2 and more: falls fast, then flat.', min: 0, max: 100, default: 1 }),
    cycle: boolean({
      label: 'Start again',
      help: 'Rises and falls again when the end is reached, each time over a longer stretch.',
      level: 'advanced',
      default: false,
    }),
  },
  rate(step, { initial, totalSteps }, p) {
    const stretch = decaySteps(p.decaySteps, totalSteps);
    const whole = p.cycle ? stretch * (step === 0 ? 1 : Math.ceil(step / stretch)) : stretch;
    const share = (p.cycle ? step : Math.min(step, stretch)) / whole;
    return (initial - p.endLearningRate) * (1 - share) ** p.power + p.endLearningRate;
  },
});
