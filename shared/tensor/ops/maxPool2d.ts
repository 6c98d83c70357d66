// The largest element of every window. Padding never wins.

import { type Gradients, operation } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { type PoolAttributes, pooledType, visitWindows } from './window.ts';

export const maxPool2d = operation<[x: Tensor], PoolAttributes>({
  name: 'maxPool2d',
  summary: 'max over windows of x',
  infer: ([x], attributes) => pooledType(x, attributes, 'maxPool2d'),
  gradient: ({ builder, inputs: [x], attributes, output, gradient }): Gradients => [builder.maxPool2dGradient(x, output, gradient, attributes)],
  evaluate([x], attributes, output) {
    const result = new Float64Array(sizeOf(output.shape)).fill(Number.NEGATIVE_INFINITY);
    visitWindows(x.shape, output.shape, attributes, (o, i) => {
      result[o] = Math.max(result[o] as number, x.data[i] as number);
    });
    return result;
  },
});
