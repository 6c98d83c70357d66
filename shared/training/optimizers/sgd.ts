// SGD: stochastic gradient descent, with momentum if wanted.

import { boolean, number } from '../../lib/fields.ts';
import { optimizer } from '../contracts.ts';
import { learningRateField } from './parameters.ts';

export const sgd = optimizer({
  id: 'sgd',
  title: 'SGD',
  keras: 'SGD',
  help: 'Takes a step against the gradient, the same way for every weight. With momentum it keeps part of the last step, like a ball that rolls on.',
  formula: 'm ← momentum · m − rate · g;  w ← w + m  (Nesterov: w ← w + momentum · m − rate · g)',
  fields: {
    learningRate: learningRateField(0.01),
    momentum: number({ label: 'Momentum', help: 'The part of the last step that is kept; 0.9 is usual, 0 means none.', min: 0, max: 1, default: 0 }),
    nesterov: boolean({ label: 'Nesterov', help: 'Looks one step ahead along the momentum.', level: 'advanced', default: false }),
  },
  lower({ builder, learningRate, slot, update }, weight, gradient, p) {
    const step = builder.multiply(gradient, learningRate);
    if (p.momentum === 0) return builder.subtract(weight, step);
    const momentum = builder.constant(p.momentum);
    const next = builder.subtract(builder.multiply(slot('momentum'), momentum), step);
    update('momentum', next);
    return builder.add(weight, p.nesterov ? builder.subtract(builder.multiply(next, momentum), step) : next);
  },
});
