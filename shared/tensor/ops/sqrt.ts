// The square root, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const sqrt = operation<[x: Tensor]>({
  name: 'sqrt',
  summary: '√x',
  infer: sameFloat('sqrt'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.divide(builder.multiply(gradient, builder.constant(0.5)), output)],
  evaluate: mapped(Math.sqrt),
});
