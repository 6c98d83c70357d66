// -x, element by element.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const negate = operation<[x: Tensor]>({
  name: 'negate',
  summary: '-x',
  infer: sameFloat('negate'),
  gradient: ({ builder, gradient }): Gradients => [builder.negate(gradient)],
  evaluate: mapped((x) => -x),
});
