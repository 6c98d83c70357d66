// The sum over some axes.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { atKeptShape, fold, type ReduceAttributes, reduced } from './reduce.ts';

export const reduceSum = operation<[x: Tensor], ReduceAttributes>({
  name: 'reduceSum',
  summary: 'Σ x',
  defaults: { keepDims: false },
  infer: reduced('reduceSum', ['float32', 'int32']),
  gradient: ({ builder, inputs: [x], attributes: { axes }, gradient }): Gradients => [
    builder.broadcastTo(atKeptShape(builder, gradient, x, axes), { shape: x.shape }),
  ],
  evaluate: ([x], { axes }) => fold(x, axes, 0, (sum, next) => sum + next),
});
