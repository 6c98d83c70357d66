// Several values one after the other along an axis.

import { type Gradients, operation, ShapeError } from '../operation.ts';
import { formatShape, type Tensor, type TensorType } from '../types.ts';
import { aroundAxis, positiveAxis, sizeAt, withSize } from './shapes.ts';

function infer(xs: readonly TensorType[], { axis: any }: { axis: number }): TensorType {
  const [first] = xs;
  if (!first) throw new ShapeError('concat needs at least one input.');
  const axis = positiveAxis(any, first.shape.length, 'concat');
  for (const x of xs) {
    if (x.dtype !== first.dtype) throw new ShapeError(`concat cannot join ${first.dtype} with ${x.dtype}: cast one of them.`);
    const fits = x.shape.length === first.shape.length && x.shape.every((size, i) => i === axis || size === first.shape[i]);
    if (!fits)
      throw new ShapeError(`concat cannot join ${formatShape(first.shape)} with ${formatShape(x.shape)} along axis ${axis}: all other axes must be equal.`);
  }
  return {
    shape: withSize(
      first.shape,
      axis,
      xs.reduce((sum, x) => sum + sizeAt(x.shape, axis), 0),
    ),
    dtype: first.dtype,
  };
}

export const concat = operation<readonly Tensor[], { axis: number }>({
  name: 'concat',
  summary: 'x₁, x₂, … along an axis',
  infer,
  gradient({ builder, inputs, attributes, gradient, wanted }): Gradients {
    const axis = positiveAxis(attributes.axis, gradient.shape.length, 'concat');
    const sizes = inputs.map((x) => sizeAt(x.shape, axis));
    if (sizes.every((size, i) => size === sizes[0] && wanted(i))) return builder.split(gradient, { axis, parts: inputs.length });
    const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
    return inputs.map((x, i) =>
      wanted(i)
        ? builder.slice(gradient, {
            begin: withSize(
              x.shape.map(() => 0),
              axis,
              starts[i] as number,
            ),
            size: x.shape,
          })
        : null,
    );
  },
  evaluate(xs, attributes, output) {
    const axis = positiveAxis(attributes.axis, output.shape.length, 'concat');
    const { outer } = aroundAxis(output.shape, axis);
    const rows = xs.map((x) => x.data.length / outer);
    const result = new Float64Array(output.shape.reduce((a, b) => a * b, 1));
    for (let o = 0, at = 0; o < outer; o++) {
      for (const [i, x] of xs.entries()) {
        const row = rows[i] as number;
        result.set(x.data.subarray(o * row, (o + 1) * row), at);
        at += row;
      }
    }
    return result;
  },
});
