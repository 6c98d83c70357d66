// The natural logarithm, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const log = operation<[x: Tensor]>({
  name: 'log',
  summary: 'ln x',
  infer: sameFloat('log'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.divide(gradient, x)],
  evaluate: mapped(Math.log),
});
