// Adagrad: steps that shrink with all gradients seen. Duchi, Hazan and Singer, 2011.

import { optimizer } from '../contracts.ts';
import { epsilonField, initialAccumulatorField, learningRateField, startingAt } from './parameters.ts';
import { squared } from './occurrences.ts';

export const adagrad = optimizer({
  id: 'adagrad',
  title: 'Adagrad',
  keras: 'Adagrad',
  help: 'Divides every step by the size of all that weight’s gradients so far: often used weights slow down, rare ones keep moving. Good for sparse data; over long training it comes to rest.',
  formula: 'a ← a + g²;  w ← w − rate · g / √(a + epsilon)',
  fields: { learningRate: learningRateField(0.001), initialAccumulatorValue: initialAccumulatorField(), epsilon: epsilonField() },
  lower({ builder, learningRate, step, slot, update }, weight, gradient, p) {
    const before = startingAt(builder, slot('accumulator'), step, p.initialAccumulatorValue);
    const accumulator = builder.add(before, squared(builder, gradient));
    update('accumulator', accumulator);
    const change = builder.divide(builder.multiply(gradient, learningRate), builder.sqrt(builder.add(accumulator, builder.constant(p.epsilon))));
    return builder.subtract(weight, change);
  },
});
