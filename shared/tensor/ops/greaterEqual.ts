// Whether x is y or above, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { comparison, elementwise } from './broadcast.ts';

export const greaterEqual = operation<[x: Tensor, y: Tensor]>({
  name: 'greaterEqual',
  summary: 'x ≥ y',
  infer: comparison('greaterEqual'),
  gradient: 'none',
  evaluate: elementwise((x, y) => Number(x >= y)),
});
