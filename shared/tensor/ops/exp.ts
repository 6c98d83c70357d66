// The exponential function, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const exp = operation<[x: Tensor]>({
  name: 'exp',
  summary: 'eˣ',
  infer: sameFloat('exp'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.multiply(gradient, output)],
  evaluate: mapped(Math.exp),
});
