// x with `before` and `after` more elements along every axis, all of one value.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, sizeOf, type Tensor } from '../types.ts';
import { sizeAt, stridedIndices, stridesOf } from './shapes.ts';

export const pad = operation<[x: Tensor], { before: readonly number[]; after: readonly number[]; value?: number }>({
  name: 'pad',
  summary: 'x with a border',
  defaults: { value: 0 },
  infer([x], { before, after }) {
    const valid = [before, after].every((list) => list.length === x.shape.length && list.every((n) => Number.isInteger(n) && n >= 0));
    if (!valid)
      throw new ShapeError(
        `pad needs a whole number for each axis of ${formatShape(x.shape)} on both sides, but gets ${before.join(', ')} and ${after.join(', ')}.`,
      );
    return { shape: x.shape.map((size, axis) => size + sizeAt(before, axis) + sizeAt(after, axis)), dtype: x.dtype };
  },
  gradient: ({ builder, inputs: [x], attributes: { before }, gradient }): Gradients => [builder.slice(gradient, { begin: before, size: x.shape })],
  evaluate([x], { before, value }, output) {
    const strides = stridesOf(output.shape);
    const offset = strides.reduce((sum, stride, axis) => sum + stride * sizeAt(before, axis), 0);
    const result = new Float64Array(sizeOf(output.shape)).fill(value);
    stridedIndices(x.shape, strides, offset).forEach((at, i) => {
      result[at] = x.data[i] as number;
    });
    return result;
  },
});
