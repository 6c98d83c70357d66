// The positive part, element by element. Its derivative at 0 is taken as 0.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const relu = operation<[x: Tensor]>({
  name: 'relu',
  summary: 'max(x, 0)',
  infer: sameFloat('relu'),
  gradient: ({ builder, output, gradient }): Gradients => [builder.reluGradient(output, gradient)],
  evaluate: mapped((x) => (x > 0 || Number.isNaN(x) ? x : 0)),
});
