// Lion: only the sign of the momentum counts. Chen et al., 2023.

import { optimizer } from '../contracts.ts';
import { betaFields } from './adamStep.ts';
import { learningRateField, movingAverage } from './parameters.ts';

export const lion = optimizer({
  id: 'lion',
  title: 'Lion',
  keras: 'Lion',
  help: 'Moves every weight by the same amount, in the direction that gradient and momentum agree on. Keeps half of what Adam keeps. Wants a learning rate three to ten times smaller than Adam’s.',
  formula: 'w ← w − rate · sign(β₁ · m + (1 − β₁) · g);  m ← β₂ · m + (1 − β₂) · g',
  fields: { learningRate: learningRateField(0.001), ...betaFields(0.99) },
  lower({ builder, learningRate, slot, update }, weight, gradient, p) {
    const momentum = slot('momentum');
    update('momentum', movingAverage(builder, momentum, gradient, p.beta2));
    return builder.subtract(weight, builder.multiply(builder.sign(movingAverage(builder, momentum, gradient, p.beta1)), learningRate));
  },
});
