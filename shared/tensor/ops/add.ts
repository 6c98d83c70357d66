// x + y, element by element, with broadcasting.

import { operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { broadcast, broadcastEvaluate, sumToShape } from './broadcast.ts';

export const add = operation<[x: Tensor, y: Tensor]>({
  name: 'add',
  summary: 'x + y',
  infer: broadcast('add'),
  gradient: ({ builder, inputs: [x, y], outputGradients: [g] }) => [sumToShape(builder, g, x), sumToShape(builder, g, y)],
  evaluate: broadcastEvaluate((x, y) => x + y),
});
