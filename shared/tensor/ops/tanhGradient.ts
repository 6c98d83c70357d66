// The gradient of tanh from its result. An operation of its own because engines have kernels for it.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { elementwise } from './broadcast.ts';
import { sameFloatPair } from './unary.ts';

export const tanhGradient = operation<[y: Tensor, gradient: Tensor]>({
  name: 'tanhGradient',
  summary: 'g · (1 - y²)',
  infer: sameFloatPair('tanhGradient'),
  gradient({ builder, inputs: [y, g], gradient, wanted }): Gradients {
    const byY = () => builder.multiply(gradient, builder.multiply(builder.multiply(g, y), builder.constant(-2)));
    return [wanted(0) ? byY() : null, wanted(1) ? builder.tanhGradient(y, gradient) : null];
  },
  evaluate: elementwise((y, g) => g * (1 - y * y)),
  expand: (builder, [y, g]): Tensor => builder.multiply(g, builder.subtract(builder.constant(1), builder.multiply(y, y))),
});
