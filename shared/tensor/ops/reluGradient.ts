// The gradient of relu from its result: g where y is above 0. An operation of its own because engines have kernels for it.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { elementwise } from './broadcast.ts';
import { sameFloatPair } from './unary.ts';

export const reluGradient = operation<[y: Tensor, gradient: Tensor]>({
  name: 'reluGradient',
  summary: 'y > 0 ? g : 0',
  infer: sameFloatPair('reluGradient'),
  gradient: ({ builder, inputs: [y], gradient }): Gradients => [null, builder.reluGradient(y, gradient)],
  evaluate: elementwise((y, g) => (y > 0 ? g : 0)),
  expand: (builder, [y, g]): Tensor => builder.select(builder.greater(y, builder.constant(0)), g, builder.constant(0)),
});
