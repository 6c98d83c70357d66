// The hyperbolic tangent, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const tanh = operation<[x: Tensor]>({
  name: 'tanh',
  summary: 'tanh x',
  infer: sameFloat('tanh'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.tanhGradient(output, gradient)],
  evaluate: mapped(Math.tanh),
});
