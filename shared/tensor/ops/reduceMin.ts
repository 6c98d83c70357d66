// The smallest element over some axes.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { extremeGradient, fold, type ReduceAttributes, reduced } from './reduce.ts';

export const reduceMin = operation<[x: Tensor], ReduceAttributes>({
  name: 'reduceMin',
  summary: 'min x',
  defaults: { keepDims: false },
  infer: reduced('reduceMin', ['float32', 'int32']),
  gradient: ({ builder, inputs: [x], attributes: { axes }, output, gradient }): Gradients => [extremeGradient(builder, x, output, gradient, axes)],
  evaluate: ([x], { axes }) => fold(x, axes, Number.POSITIVE_INFINITY, Math.min),
});
