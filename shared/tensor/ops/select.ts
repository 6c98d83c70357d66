// x where the condition is true, y elsewhere; all three broadcast.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { broadcastIndices, broadcastShapes, by } from './broadcast.ts';
import { requireType } from './shapes.ts';

export const select = operation<[condition: Tensor, x: Tensor, y: Tensor]>({
  name: 'select',
  summary: 'condition ? x : y',
  infer([condition, x, y]) {
    requireType(condition, ['bool'], 'select (its condition)');
    if (x.dtype !== y.dtype) throw new ShapeError(`select cannot choose between ${x.dtype} and ${y.dtype}: cast one of them.`);
    return { shape: broadcastShapes(condition.shape, broadcastShapes(x.shape, y.shape, 'select'), 'select'), dtype: x.dtype };
  },
  gradient: (context): Gradients => {
    const {
      builder,
      inputs: [condition],
      gradient,
    } = context;
    const zero = builder.constant(0);
    return [null, by(context, 1, () => builder.select(condition, gradient, zero)), by(context, 2, () => builder.select(condition, zero, gradient))];
  },
  evaluate([condition, x, y], _attributes, output) {
    const xi = broadcastIndices(x.shape, output.shape),
      yi = broadcastIndices(y.shape, output.shape);
    return Float64Array.from(
      broadcastIndices(condition.shape, output.shape),
      (c, i) => (condition.data[c] ? x.data[xi[i] as number] : y.data[yi[i] as number]) as number,
    );
  },
});
