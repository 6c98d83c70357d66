// Whether either is true, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { elementwise, logic } from './broadcast.ts';

export const logicalOr = operation<[x: Tensor, y: Tensor]>({
  name: 'logicalOr',
  summary: 'x ∨ y',
  infer: logic('logicalOr'),
  gradient: 'none',
  evaluate: elementwise(Math.max),
});
