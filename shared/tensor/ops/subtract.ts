// x - y, element by element, with broadcasting.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { arithmetic, by, elementwise } from './broadcast.ts';

export const subtract = operation<[x: Tensor, y: Tensor]>({
  name: 'subtract',
  summary: 'x - y',
  infer: arithmetic('subtract'),
  gradient: (context): Gradients => {
    const { builder, gradient } = context;
    return [by(context, 0, () => gradient), by(context, 1, () => builder.negate(gradient))];
  },
  evaluate: elementwise((x, y) => x - y),
});
