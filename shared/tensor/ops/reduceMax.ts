// The largest element over some axes.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { extremeGradient, fold, type ReduceAttributes, reduced } from './reduce.ts';

export const reduceMax = operation<[x: Tensor], ReduceAttributes>({
  name: 'reduceMax',
  summary: 'max x',
  defaults: { keepDims: false },
  infer: reduced('reduceMax', ['float32', 'int32']),
  gradient: ({ builder, inputs: [x], attributes: { axes }, output, gradient }): Gradients => [extremeGradient(builder, x, output, gradient, axes)],
  evaluate: ([x], { axes }) => fold(x, axes, Number.NEGATIVE_INFINITY, Math.max),
});
