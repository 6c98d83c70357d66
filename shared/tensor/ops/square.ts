// x², element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const square = operation<[x: Tensor]>({
  name: 'square',
  summary: 'x²',
  infer: sameFloat('square'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.multiply(gradient, builder.multiply(x, builder.constant(2)))],
  evaluate: mapped((x) => x * x),
});
