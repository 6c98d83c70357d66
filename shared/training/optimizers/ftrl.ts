// Ftrl: follow the regularized leader. McMahan et al., 2013.

import { number } from '../../lib/fields.ts';
import { optimizer } from '../contracts.ts';
import { initialAccumulatorField, learningRateField, startingAt } from './parameters.ts';
import { squared } from './occurrences.ts';

const strength = (label: string, help: string) => number({ label, help, min: 0, max: 1000, level: 'advanced', default: 0 });

export const ftrl = optimizer({
  id: 'ftrl',
  title: 'Ftrl',
  keras: 'Ftrl',
  help: 'Made for large sparse linear models, such as predicting clicks: with L1 most weights become exactly 0. On deep networks Adam is the better choice.',
  formula: 'a ← a + g²;  z ← z + g − (√a_new − √a) / rate · w;  w ← (clip(z, ±l1) − z) / (√a_new / rate + 2 · l2)',
  fields: {
    learningRate: learningRateField(0.001),
    learningRatePower: number({
      label: 'Learning rate power',
      help: 'How steps shrink with the gradients seen: −0.5 by their root, 0 not at all.',
      min: -10,
      max: 0,
      level: 'advanced',
      default: -0.5,
    }),
    initialAccumulatorValue: initialAccumulatorField(),
    l1RegularizationStrength: strength('L1', 'Makes weights exactly 0 that matter little.'),
    l2RegularizationStrength: strength('L2', 'Keeps weights small.'),
    l2ShrinkageRegularizationStrength: strength('L2 shrinkage', 'Keeps weights small, through the gradient.'),
    beta: strength('Beta', 'Slows the first steps.'),
  },
  lower({ builder, learningRate, step, slot, update }, weight, gradient, p) {
    const number = (value: number) => builder.constant(value);
    const powered = (x: typeof weight) => builder.power(x, number(-p.learningRatePower));
    const before = startingAt(builder, slot('accumulator'), step, p.initialAccumulatorValue);
    const after = builder.add(before, squared(builder, gradient));
    const pull =
      p.l2ShrinkageRegularizationStrength === 0 ? gradient : builder.add(gradient, builder.multiply(weight, number(2 * p.l2ShrinkageRegularizationStrength)));
    const growth = builder.divide(builder.subtract(powered(after), powered(before)), learningRate);
    const linear = builder.add(slot('linear'), builder.subtract(pull, builder.multiply(growth, weight)));
    update('accumulator', after);
    update('linear', linear);
    // 2 · (l2 + beta / (2 · rate))
    const shrink = builder.add(builder.divide(number(p.beta), learningRate), number(2 * p.l2RegularizationStrength));
    const quadratic = builder.add(builder.divide(powered(after), learningRate), shrink);
    const cut = builder.minimum(builder.maximum(linear, number(-p.l1RegularizationStrength)), number(p.l1RegularizationStrength));
    return builder.divide(builder.subtract(cut, linear), quadratic);
  },
});
