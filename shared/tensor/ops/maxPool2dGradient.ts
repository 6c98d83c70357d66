// The derivative of maxPool2d by its input x, from x, its result y and the derivative g by y.
// Of equal maxima the first in row-major order of the window gets it all, as in TensorFlow.

import { operation, ShapeError } from '../operation.ts';
import { formatShape, sameShape, sizeOf, type Tensor } from '../types.ts';
import { type PoolAttributes, pooledType, visitWindows } from './window.ts';

export const maxPool2dGradient = operation<[x: Tensor, y: Tensor, gradient: Tensor], PoolAttributes>({
  name: 'maxPool2dGradient',
  summary: 'g at the place of each maximum',
  infer([x, y, g], attributes) {
    const { shape } = pooledType(x, attributes, 'maxPool2dGradient');
    for (const type of [y, g])
      if (!sameShape(shape, type.shape)) throw new ShapeError(`maxPool2dGradient expects ${formatShape(shape)}, but gets ${formatShape(type.shape)}.`);
    return x;
  },
  // It would pick the elements of a value at the places of another's maxima, an operation nothing here needs: no layer asks for second derivatives.
  gradient: 'none',
  evaluate([x, , g], attributes) {
    const winner = new Int32Array(g.data.length).fill(-1);
    visitWindows(x.shape, g.shape, attributes, (o, i) => {
      if (winner[o] === -1 || (x.data[i] as number) > (x.data[winner[o] as number] as number)) winner[o] = i;
    });
    const result = new Float64Array(sizeOf(x.shape));
    winner.forEach((i, o) => {
      result[i] = (result[i] as number) + (g.data[o] as number);
    });
    return result;
  },
});
