// RMSprop: steps scaled by the recent size of each weight's gradient.

import { boolean, number } from '../../lib/fields.ts';
import { optimizer } from '../contracts.ts';
import { epsilonField, learningRateField, movingAverage } from './parameters.ts';
import { squared } from './occurrences.ts';

export const rmsprop = optimizer({
  id: 'rmsprop',
  title: 'RMSprop',
  keras: 'RMSprop',
  help: 'Divides every step by the recent size of that weight’s gradient, so that all weights move at a similar pace.',
  formula: 'v ← rho · v + (1 − rho) · g²;  w ← w − rate · g / √(v + epsilon)',
  fields: {
    learningRate: learningRateField(0.001),
    rho: number({ label: 'Rho', help: 'How much of the recent average stays at each step.', min: 0, max: 1, level: 'advanced', default: 0.9 }),
    momentum: number({ label: 'Momentum', help: 'The part of the last step that is kept; 0 means none.', min: 0, max: 1, default: 0 }),
    epsilon: epsilonField(),
    centered: boolean({
      label: 'Centered',
      help: 'Divides by the variance of the gradient instead of its mean square; steadier, at the cost of one more slot.',
      level: 'advanced',
      default: false,
    }),
  },
  lower({ builder, learningRate, slot, update }, weight, gradient, p) {
    const velocity = movingAverage(builder, slot('velocity'), squared(builder, gradient), p.rho);
    update('velocity', velocity);
    let spread = velocity;
    if (p.centered) {
      const average = movingAverage(builder, slot('average_gradient'), gradient, p.rho);
      update('average_gradient', average);
      spread = builder.subtract(velocity, builder.square(average));
    }
    const step = builder.divide(builder.multiply(gradient, learningRate), builder.sqrt(builder.add(spread, builder.constant(p.epsilon))));
    if (p.momentum === 0) return builder.subtract(weight, step);
    const momentum = builder.add(builder.multiply(slot('momentum'), builder.constant(p.momentum)), step);
    update('momentum', momentum);
    return builder.subtract(weight, momentum);
  },
});
