// x stretched to a shape by numpy's rule.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, type Shape, sameShape, type Tensor } from '../types.ts';
import { broadcastIndices, broadcastShapes, sumToShape } from './broadcast.ts';
import { pick } from './shapes.ts';

export const broadcastTo = operation<[x: Tensor], { shape: Shape }>({
  name: 'broadcastTo',
  summary: 'x stretched',
  infer([x], { shape }) {
    if (!sameShape(broadcastShapes(x.shape, shape, 'broadcastTo'), shape))
      throw new ShapeError(`broadcastTo cannot stretch ${formatShape(x.shape)} to ${formatShape(shape)}.`);
    return { shape, dtype: x.dtype };
  },
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [sumToShape(builder, gradient, x)],
  evaluate: ([x], _attributes, output) => pick(x.data, broadcastIndices(x.shape, output.shape)),
});
