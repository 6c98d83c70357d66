// |x|, element by element. Its derivative at 0 is taken as 0.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const abs = operation<[x: Tensor]>({
  name: 'abs',
  summary: '|x|',
  infer: sameFloat('abs'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.multiply(gradient, builder.sign(x))],
  evaluate: mapped(Math.abs),
});
