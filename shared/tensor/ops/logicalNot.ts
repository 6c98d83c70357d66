// Whether x is false, element by element.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { requireType } from './shapes.ts';
import { mapped } from './unary.ts';

export const logicalNot = operation<[x: Tensor]>({
  name: 'logicalNot',
  summary: '¬x',
  infer([x]) {
    requireType(x, ['bool'], 'logicalNot');
    return { shape: x.shape, dtype: 'bool' };
  },
  gradient: 'none',
  evaluate: mapped((x) => 1 - x),
});
