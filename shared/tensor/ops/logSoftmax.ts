// The logarithm of softmax, without taking the logarithm of a small number.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { floatAlongAxis, logShares } from './normalize.ts';

export const logSoftmax = operation<[x: Tensor], { axis?: number }>({
  name: 'logSoftmax',
  summary: 'x - ln Σ eˣ',
  defaults: { axis: -1 },
  infer: floatAlongAxis('logSoftmax'),
  gradient({ builder, attributes: { axis }, output, gradient }): Gradients {
    const total = builder.reduceSum(gradient, { axes: [axis], keepDims: true });
    return [builder.subtract(gradient, builder.multiply(builder.exp(output), total))];
  },
  evaluate: ([x], { axis }) => logShares(x, axis),
});
