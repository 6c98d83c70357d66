// x / y, element by element, with broadcasting. Floats only: engines round whole numbers differently.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { by, elementwise, floatArithmetic } from './broadcast.ts';

export const divide = operation<[x: Tensor, y: Tensor]>({
  name: 'divide',
  summary: 'x / y',
  infer: floatArithmetic('divide'),
  gradient: (context): Gradients => {
    const {
      builder,
      inputs: [, y],
      output,
      gradient,
    } = context;
    return [by(context, 0, () => builder.divide(gradient, y)), by(context, 1, () => builder.negate(builder.divide(builder.multiply(gradient, output), y)))];
  },
  evaluate: elementwise((x, y) => x / y),
});
