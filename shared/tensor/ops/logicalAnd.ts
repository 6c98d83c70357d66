// Whether both are true, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { elementwise, logic } from './broadcast.ts';

export const logicalAnd = operation<[x: Tensor, y: Tensor]>({
  name: 'logicalAnd',
  summary: 'x ∧ y',
  infer: logic('logicalAnd'),
  gradient: 'none',
  evaluate: elementwise((x, y) => x * y),
});
