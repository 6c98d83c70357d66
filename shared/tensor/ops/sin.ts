// The sine of an angle in radians, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const sin = operation<[x: Tensor]>({
  name: 'sin',
  summary: 'sin x',
  infer: sameFloat('sin'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.multiply(gradient, builder.cos(x))],
  evaluate: mapped(Math.sin),
});
