// 1 / x, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const reciprocal = operation<[x: Tensor]>({
  name: 'reciprocal',
  summary: '1 / x',
  infer: sameFloat('reciprocal'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.negate(builder.multiply(gradient, builder.square(output)))],
  evaluate: mapped((x) => 1 / x),
});
