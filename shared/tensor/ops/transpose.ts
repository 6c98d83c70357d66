// The axes in another order: axis i of the result is axis permutation[i] of x.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { pick, sizeAt, stridedIndices, stridesOf } from './shapes.ts';

/** The permutation that takes it back. */
const inverted = (permutation: readonly number[]): number[] => permutation.map((_, axis) => permutation.indexOf(axis));

export const transpose = operation<[x: Tensor], { permutation: readonly number[] }>({
  name: 'transpose',
  summary: 'x with its axes reordered',
  infer([x], { permutation }) {
    const complete = permutation.length === x.shape.length && x.shape.every((_, axis) => permutation.includes(axis));
    if (!complete) throw new ShapeError(`transpose needs every axis of 0 to ${x.shape.length - 1} once, but gets ${permutation.join(', ')}.`);
    return { shape: permutation.map((axis) => sizeAt(x.shape, axis)), dtype: x.dtype };
  },
  gradient: ({ builder, attributes: { permutation }, gradient }): Gradients => [builder.transpose(gradient, { permutation: inverted(permutation) })],
  evaluate([x], { permutation }, output) {
    const strides = stridesOf(x.shape);
    return pick(
      x.data,
      stridedIndices(
        output.shape,
        permutation.map((axis) => strides[axis] as number),
      ),
    );
  },
});
