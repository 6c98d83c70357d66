// Shares along an axis: exponentials over their sum, shifted by the largest so that nothing overflows.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { floatAlongAxis, logShares } from './normalize.ts';

export const softmax = operation<[x: Tensor], { axis?: number }>({
  name: 'softmax',
  summary: 'eˣ / Σ eˣ',
  defaults: { axis: -1 },
  infer: floatAlongAxis('softmax'),
  gradient({ builder, attributes: { axis }, output, gradient }): Gradients {
    const weighted = builder.reduceSum(builder.multiply(gradient, output), { axes: [axis], keepDims: true });
    return [builder.multiply(output, builder.subtract(gradient, weighted))];
  },
  evaluate: ([x], { axis }) => logShares(x, axis).map(Math.exp),
});
