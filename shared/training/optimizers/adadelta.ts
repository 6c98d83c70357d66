// Adadelta: steps as large as recent steps were. Zeiler, 2012.

import { number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { optimizer } from '../contracts.ts';
import { epsilonField, learningRateField, movingAverage } from './parameters.ts';
import { squared } from './occurrences.ts';

export const adadelta = optimizer({
  id: 'adadelta',
  title: 'Adadelta',
  keras: 'Adadelta',
  help: 'Like RMSprop, but also remembers how large its steps were and keeps them in proportion. Made to need no learning rate: with a rate of 1 it is as its inventor wrote it.',
  formula: 'v ← rho · v + (1 − rho) · g²;  d ← −√(s + epsilon) / √(v + epsilon) · g;  s ← rho · s + (1 − rho) · d²;  w ← w + rate · d',
  fields: {
    learningRate: learningRateField(0.001),
    rho: number({ label: 'Rho', help: 'How much of the recent averages stays at each step.', min: 0, max: 1, level: 'advanced', default: 0.95 }),
    epsilon: epsilonField(),
  },
  lower({ builder, learningRate, slot, update }, weight, gradient, p) {
    const root = (x: Tensor) => builder.sqrt(builder.add(x, builder.constant(p.epsilon)));
    const steps = slot('accumulated_delta_var');
    const gradients = movingAverage(builder, slot('accumulated_grad'), squared(builder, gradient), p.rho);
    const change = builder.divide(builder.multiply(root(steps), gradient), root(gradients));
    // The square of the change, of each use of a row too: so it is that of the ratio times that of the gradient (occurrences.ts).
    const squaredRatio = builder.divide(builder.add(steps, builder.constant(p.epsilon)), builder.add(gradients, builder.constant(p.epsilon)));
    update('accumulated_grad', gradients);
    update('accumulated_delta_var', movingAverage(builder, steps, builder.multiply(squaredRatio, squared(builder, gradient)), p.rho));
    return builder.subtract(weight, builder.multiply(change, learningRate));
  },
});
