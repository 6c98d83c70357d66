// Nadam: Adam that looks one step ahead along its momentum. Dozat, 2016, in the form Keras computes it.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { optimizer } from '../contracts.ts';
import { betaFields, moments, remainder } from './adamStep.ts';
import { epsilonField, learningRateField } from './parameters.ts';

export const nadam = optimizer({
  id: 'nadam',
  title: 'Nadam',
  keras: 'Nadam',
  help: 'Adam with Nesterov’s momentum: it steps to where the momentum is about to lead. Often a little faster than Adam.',
  formula: 'm and v as in Adam;  m̂ ← u₍ₜ₊₁₎ · m / (1 − Πu₍ₜ₊₁₎) + (1 − uₜ) · g / (1 − Πuₜ);  w ← w − rate · m̂ / (√(v / (1 − β₂ᵗ)) + epsilon)',
  fields: { learningRate: learningRateField(0.001), ...betaFields(0.999), epsilon: epsilonField() },
  lower(context, weight, gradient, p) {
    const { builder, learningRate, step } = context;
    const { momentum, velocity } = moments(context, gradient, p);
    const one = builder.constant(1);
    const now = warmth(builder, p.beta1, step),
      next = warmth(builder, p.beta1, builder.add(step, one));
    const product = warmthProduct(builder, p.beta1, step);
    const ahead = builder.divide(builder.multiply(momentum, next), builder.subtract(one, builder.multiply(product, next)));
    const present = builder.divide(builder.multiply(gradient, builder.subtract(one, now)), builder.subtract(one, product));
    const spread = builder.sqrt(builder.divide(velocity, remainder(builder, p.beta2, step)));
    const change = builder.divide(builder.multiply(builder.add(ahead, present), learningRate), builder.add(spread, builder.constant(p.epsilon)));
    return builder.subtract(weight, change);
  },
});

/** The momentum warms up: uₜ = β₁ · (1 − ½ · 0.96ᵗ). */
const decay = 0.96;
const warmth = (builder: Builder, beta: number, step: Tensor): Tensor => {
  const cold = builder.multiply(builder.power(builder.constant(decay), step), builder.constant(0.5));
  return builder.multiply(builder.subtract(builder.constant(1), cold), builder.constant(beta));
};

/** So many terms leave an error below the last digit of a float32. */
const terms = Array.from({ length: 28 }, (_, i) => i + 1);

/**
 * u₁ · u₂ · … · uₜ without a value kept between steps: its logarithm is t · log β₁ plus a sum over log(1 − ½ · 0.96ⁱ),
 * which as a power series is −Σₖ ½ᵏ/k · qᵏ · (1 − qᵏᵗ) / (1 − qᵏ) with q = 0.96.
 */
function warmthProduct(builder: Builder, beta: number, step: Tensor): Tensor {
  const weights = builder.constant(
    terms.map((k) => (0.5 ** k / k) * (decay ** k / (1 - decay ** k))),
    [terms.length],
  );
  const powers = builder.power(
    builder.constant(
      terms.map((k) => decay ** k),
      [terms.length],
    ),
    step,
  );
  const sum = builder.reduceSum(builder.multiply(weights, builder.subtract(builder.constant(1), powers)), { axes: [0], keepDims: false });
  return builder.multiply(builder.power(builder.constant(beta), step), builder.exp(builder.negate(sum)));
}
