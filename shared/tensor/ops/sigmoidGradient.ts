// The gradient of sigmoid from its result. An operation of its own because engines have kernels for it.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { elementwise } from './broadcast.ts';
import { sameFloatPair } from './unary.ts';

export const sigmoidGradient = operation<[y: Tensor, gradient: Tensor]>({
  name: 'sigmoidGradient',
  summary: 'g · y · (1 - y)',
  infer: sameFloatPair('sigmoidGradient'),
  gradient({ builder, inputs: [y, g], gradient, wanted }): Gradients {
    const byY = () => builder.multiply(gradient, builder.multiply(g, builder.subtract(builder.constant(1), builder.multiply(y, builder.constant(2)))));
    return [wanted(0) ? byY() : null, wanted(1) ? builder.sigmoidGradient(y, gradient) : null];
  },
  evaluate: elementwise((y, g) => g * y * (1 - y)),
  expand: (builder, [y, g]): Tensor => builder.multiply(g, builder.multiply(y, builder.subtract(builder.constant(1), y))),
});
