// Whether x is above y, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { comparison, elementwise } from './broadcast.ts';

export const greater = operation<[x: Tensor, y: Tensor]>({
  name: 'greater',
  summary: 'x > y',
  infer: comparison('greater'),
  gradient: 'none',
  evaluate: elementwise((x, y) => Number(x > y)),
});
