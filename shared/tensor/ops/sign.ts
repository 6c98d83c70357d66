// The sign of x: -1, 0 or 1.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const sign = operation<[x: Tensor]>({
  name: 'sign',
  summary: 'sign(x)',
  infer: sameFloat('sign'),
  // Zero wherever it exists.
  gradient: 'none',
  evaluate: mapped(Math.sign),
});
