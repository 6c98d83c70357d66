// x · y, element by element, with broadcasting.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { arithmetic, by, elementwise } from './broadcast.ts';

export const multiply = operation<[x: Tensor, y: Tensor]>({
  name: 'multiply',
  summary: 'x · y',
  infer: arithmetic('multiply'),
  gradient: (context): Gradients => {
    const {
      builder,
      inputs: [x, y],
      gradient,
    } = context;
    return [by(context, 0, () => builder.multiply(gradient, y)), by(context, 1, () => builder.multiply(gradient, x))];
  },
  evaluate: elementwise((x, y) => x * y),
});
