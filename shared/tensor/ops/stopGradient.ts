// x itself, through which no gradient comes back.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const stopGradient = operation<[x: Tensor]>({
  name: 'stopGradient',
  summary: 'x, without a gradient',
  infer: sameFloat('stopGradient'),
  gradient: 'none',
  evaluate: mapped((x) => x),
});
