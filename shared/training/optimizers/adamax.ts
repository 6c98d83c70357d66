// Adamax: Adam that scales by the largest recent gradient. Kingma and Ba, 2015.

import { optimizer } from '../contracts.ts';
import { betaFields, follow, remainder } from './adamStep.ts';
import { epsilonField, learningRateField } from './parameters.ts';
import { magnitude } from './occurrences.ts';

export const adamax = optimizer({
  id: 'adamax',
  title: 'Adamax',
  keras: 'Adamax',
  help: 'Like Adam, but divides by the largest recent gradient instead of its mean square. Steadier where gradients are now and then very large, as with embeddings.',
  formula: 'm ← m + (g − m)(1 − β₁);  u ← max(β₂ · u, |g|);  w ← w − rate · m / ((1 − β₁ᵗ)(u + epsilon))',
  fields: { learningRate: learningRateField(0.001), ...betaFields(0.999), epsilon: epsilonField() },
  lower({ builder, learningRate, step, slot, update }, weight, gradient, p) {
    const momentum = follow(builder, slot('momentum'), gradient, p.beta1);
    const norm = builder.maximum(builder.multiply(slot('norm'), builder.constant(p.beta2)), magnitude(builder, gradient));
    update('momentum', momentum);
    update('norm', norm);
    const divisor = builder.multiply(remainder(builder, p.beta1, step), builder.add(norm, builder.constant(p.epsilon)));
    return builder.subtract(weight, builder.divide(builder.multiply(momentum, learningRate), divisor));
  },
});
