// A box cut out of x: `size` elements from `begin` on along every axis.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, type Shape, type Tensor } from '../types.ts';
import { pick, sizeAt, stridedIndices, stridesOf } from './shapes.ts';

export const slice = operation<[x: Tensor], { begin: readonly number[]; size: Shape }>({
  name: 'slice',
  summary: 'x[begin … begin + size]',
  infer([x], { begin, size }) {
    const inside = (axis: number) => sizeAt(begin, axis) >= 0 && sizeAt(size, axis) >= 0 && sizeAt(begin, axis) + sizeAt(size, axis) <= sizeAt(x.shape, axis);
    if (begin.length !== x.shape.length || size.length !== x.shape.length || !x.shape.every((_, axis) => inside(axis))) {
      throw new ShapeError(`slice cannot cut ${formatShape(size)} from position ${begin.join(', ')} out of ${formatShape(x.shape)}.`);
    }
    return { shape: size, dtype: x.dtype };
  },
  gradient({ builder, inputs: [x], attributes: { begin, size }, gradient }): Gradients {
    return [builder.pad(gradient, { before: begin, after: x.shape.map((all, axis) => all - sizeAt(begin, axis) - sizeAt(size, axis)) })];
  },
  evaluate([x], { begin, size }) {
    const strides = stridesOf(x.shape);
    const offset = strides.reduce((sum, stride, axis) => sum + stride * sizeAt(begin, axis), 0);
    return pick(x.data, stridedIndices(size, strides, offset));
  },
});
