// The cosine of an angle in radians, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const cos = operation<[x: Tensor]>({
  name: 'cos',
  summary: 'cos x',
  infer: sameFloat('cos'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.negate(builder.multiply(gradient, builder.sin(x)))],
  evaluate: mapped(Math.cos),
});
