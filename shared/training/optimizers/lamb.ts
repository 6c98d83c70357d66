// Lamb: Adam's step, as long for every weight as the weight itself is. You et al., 2020.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { optimizer } from '../contracts.ts';
import { betaFields, moments, remainder } from './adamStep.ts';
import { epsilonField, learningRateField } from './parameters.ts';

export const lamb = optimizer({
  id: 'lamb',
  title: 'Lamb',
  keras: 'Lamb',
  help: 'Adam whose step is scaled, for every weight as a whole, to the length of that weight: layers with large weights move further. Made for very large batches.',
  formula: 'u = m̂ / (√v̂ + epsilon);  w ← w − rate · |w| / |u| · u',
  fields: { learningRate: learningRateField(0.001), ...betaFields(0.999), epsilon: epsilonField() },
  lower(context, weight, gradient, p) {
    const { builder, learningRate, step } = context;
    const { momentum, velocity } = moments(context, gradient, p);
    const spread = builder.sqrt(builder.divide(velocity, remainder(builder, p.beta2, step)));
    const direction = builder.divide(builder.divide(momentum, remainder(builder, p.beta1, step)), builder.add(spread, builder.constant(p.epsilon)));
    const length = trust(builder, lengthOf(builder, weight), lengthOf(builder, direction));
    return builder.subtract(weight, builder.multiply(builder.multiply(length, learningRate), direction));
  },
});

const lengthOf = (builder: Builder, tensor: Tensor): Tensor =>
  builder.sqrt(builder.reduceSum(builder.square(tensor), { axes: tensor.shape.map((_, axis) => axis), keepDims: false }));

/** How much longer the weight is than its step; 1 where one of them is 0. */
function trust(builder: Builder, weight: Tensor, direction: Tensor): Tensor {
  const [zero, one] = [builder.constant(0), builder.constant(1)];
  const moves = builder.greater(direction, zero);
  const ratio = builder.divide(weight, builder.select(moves, direction, one));
  return builder.select(builder.logicalAnd(builder.greater(weight, zero), moves), ratio, one);
}
