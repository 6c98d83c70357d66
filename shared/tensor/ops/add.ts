// x + y, element by element, with broadcasting.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { arithmetic, by, elementwise } from './broadcast.ts';

export const add = operation<[x: Tensor, y: Tensor]>({
  name: 'add',
  summary: 'x + y',
  infer: arithmetic('add'),
  gradient: (context): Gradients => [by(context, 0, () => context.gradient), by(context, 1, () => context.gradient)],
  evaluate: elementwise((x, y) => x + y),
});
