// Whether x is y or below, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { comparison, elementwise } from './broadcast.ts';

export const lessEqual = operation<[x: Tensor, y: Tensor]>({
  name: 'lessEqual',
  summary: 'x ≤ y',
  infer: comparison('lessEqual'),
  gradient: 'none',
  evaluate: elementwise((x, y) => Number(x <= y)),
});
