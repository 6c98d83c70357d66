// The derivative of averagePool2d by its input, from the derivative g by its result: every element of a window gets an equal share.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, type Shape, sameShape, sizeOf, type Tensor } from '../types.ts';
import { type PoolAttributes, pooledType, visitWindows } from './window.ts';

export const averagePool2dGradient = operation<[gradient: Tensor], PoolAttributes & { inputShape: Shape }>({
  name: 'averagePool2dGradient',
  summary: 'g / window size at every element of the window',
  infer([g], attributes) {
    const x = { shape: attributes.inputShape, dtype: 'float32' } as const;
    const { shape } = pooledType(x, attributes, 'averagePool2dGradient');
    if (!sameShape(shape, g.shape))
      throw new ShapeError(`averagePool2dGradient expects a gradient of ${formatShape(shape)}, but gets ${formatShape(g.shape)}.`);
    return x;
  },
  gradient: ({ builder, attributes: { inputShape: _, ...attributes }, gradient }): Gradients => [builder.averagePool2d(gradient, attributes)],
  evaluate([g], attributes) {
    const result = new Float64Array(sizeOf(attributes.inputShape)),
      counts = new Float64Array(g.data.length);
    visitWindows(attributes.inputShape, g.shape, attributes, (o) => {
      counts[o] = (counts[o] as number) + 1;
    });
    visitWindows(attributes.inputShape, g.shape, attributes, (o, i) => {
      result[i] = (result[i] as number) + (g.data[o] as number) / (counts[o] as number);
    });
    return result;
  },
});
