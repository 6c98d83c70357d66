// The larger of x and y, element by element. Where they are equal, x gets the derivative.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { arithmetic, by, elementwise } from './broadcast.ts';

export const maximum = operation<[x: Tensor, y: Tensor]>({
  name: 'maximum',
  summary: 'max(x, y)',
  infer: arithmetic('maximum'),
  gradient: (context): Gradients => {
    const {
      builder,
      inputs: [x, y],
      gradient,
    } = context;
    const first = builder.greaterEqual(x, y),
      zero = builder.constant(0);
    return [by(context, 0, () => builder.select(first, gradient, zero)), by(context, 1, () => builder.select(first, zero, gradient))];
  },
  evaluate: elementwise(Math.max),
});
