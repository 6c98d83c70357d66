// The mean over some axes.

import { type Gradients, operation } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { atKeptShape, fold, type ReduceAttributes, reduced } from './reduce.ts';

export const reduceMean = operation<[x: Tensor], ReduceAttributes>({
  name: 'reduceMean',
  summary: 'Σ x / n',
  defaults: { keepDims: false },
  infer: reduced('reduceMean', ['float32']),
  gradient: ({ builder, inputs: [x], attributes: { axes }, output, gradient }): Gradients => {
    const share = builder.multiply(gradient, builder.constant(sizeOf(output.shape) / sizeOf(x.shape)));
    return [builder.broadcastTo(atKeptShape(builder, share, x, axes), { shape: x.shape })];
  },
  evaluate: ([x], { axes }, output) => fold(x, axes, 0, (sum, next) => sum + next).map((sum) => (sum * sizeOf(output.shape)) / sizeOf(x.shape)),
});
