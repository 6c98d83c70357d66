// The same elements in another shape, row-major; one size may be -1: what is left over.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, type Shape, sizeOf, type Tensor } from '../types.ts';

/** The wanted shape with its -1 filled in. @throws ShapeError */
function resolved(from: Shape, wanted: Shape): Shape {
  const known = sizeOf(wanted.filter((size) => size !== -1)),
    unknown = wanted.filter((size) => size === -1).length;
  const filled = unknown === 1 ? wanted.map((size) => (size === -1 ? sizeOf(from) / known : size)) : wanted;
  if (unknown > 1 || !filled.every((size) => Number.isInteger(size) && size >= 0) || sizeOf(filled) !== sizeOf(from)) {
    throw new ShapeError(`reshape cannot turn ${formatShape(from)} (${sizeOf(from)} values) into ${formatShape(wanted)}.`);
  }
  return filled;
}

export const reshape = operation<[x: Tensor], { shape: Shape }>({
  name: 'reshape',
  summary: 'x in another shape',
  infer: ([x], { shape }) => ({ shape: resolved(x.shape, shape), dtype: x.dtype }),
  gradient: ({ builder, inputs: [x], gradient }): Gradients => [builder.reshape(gradient, { shape: x.shape })],
  evaluate: ([x]) => x.data,
});
