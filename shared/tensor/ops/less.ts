// Whether x is below y, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { comparison, elementwise } from './broadcast.ts';

export const less = operation<[x: Tensor, y: Tensor]>({
  name: 'less',
  summary: 'x < y',
  infer: comparison('less'),
  gradient: 'none',
  evaluate: elementwise((x, y) => Number(x < y)),
});
