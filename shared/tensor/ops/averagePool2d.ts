// The mean of every window. Padding is not counted, as in TensorFlow.

import { type Gradients, operation } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { type PoolAttributes, pooledType, visitWindows } from './window.ts';

export const averagePool2d = operation<[x: Tensor], PoolAttributes>({
  name: 'averagePool2d',
  summary: 'mean over windows of x',
  infer: ([x], attributes) => pooledType(x, attributes, 'averagePool2d'),
  gradient: ({ builder, inputs: [x], attributes, gradient }): Gradients => [builder.averagePool2dGradient(gradient, { ...attributes, inputShape: x.shape })],
  evaluate([x], attributes, output) {
    const sums = new Float64Array(sizeOf(output.shape)),
      counts = new Float64Array(sums.length);
    visitWindows(x.shape, output.shape, attributes, (o, i) => {
      sums[o] = (sums[o] as number) + (x.data[i] as number);
      counts[o] = (counts[o] as number) + 1;
    });
    return sums.map((sum, o) => sum / (counts[o] as number));
  },
});
