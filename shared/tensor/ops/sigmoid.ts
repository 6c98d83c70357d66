// The logistic function, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const sigmoid = operation<[x: Tensor]>({
  name: 'sigmoid',
  summary: '1 / (1 + e⁻ˣ)',
  infer: sameFloat('sigmoid'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.sigmoidGradient(output, gradient)],
  evaluate: mapped((x) => 1 / (1 + Math.exp(-x))),
});
