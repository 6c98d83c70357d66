// x to the power of y, element by element, with broadcasting. The derivative by y asks for positive x.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { by, elementwise, floatArithmetic } from './broadcast.ts';

export const power = operation<[x: Tensor, y: Tensor]>({
  name: 'power',
  summary: 'xʸ',
  infer: floatArithmetic('power'),
  gradient: (context): Gradients => {
    const {
      builder,
      inputs: [x, y],
      output,
      gradient,
    } = context;
    return [
      by(context, 0, () => builder.multiply(gradient, builder.multiply(y, builder.power(x, builder.subtract(y, builder.constant(1)))))),
      by(context, 1, () => builder.multiply(gradient, builder.multiply(output, builder.log(x)))),
    ];
  },
  evaluate: elementwise((x, y) => x ** y),
});
