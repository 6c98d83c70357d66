// The largest whole number not above x.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const floor = operation<[x: Tensor]>({
  name: 'floor',
  summary: '⌊x⌋',
  infer: sameFloat('floor'),
  // Zero wherever it exists.
  gradient: 'none',
  evaluate: mapped(Math.floor),
});
