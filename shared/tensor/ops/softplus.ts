// A smooth relu, written so that large x of either sign neither overflow nor vanish.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const softplus = operation<[x: Tensor]>({
  name: 'softplus',
  summary: 'ln(1 + eˣ)',
  infer: sameFloat('softplus'),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.multiply(gradient, builder.sigmoid(x))],
  evaluate: mapped((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
});
