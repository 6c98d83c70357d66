// Whether x is y, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { comparison, elementwise } from './broadcast.ts';

export const equal = operation<[x: Tensor, y: Tensor]>({
  name: 'equal',
  summary: 'x = y',
  infer: comparison('equal'),
  gradient: 'none',
  evaluate: elementwise((x, y) => Number(x === y)),
});
