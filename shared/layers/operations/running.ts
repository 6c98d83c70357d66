// Operations along an axis that take what stands before into account: running sums and products, differences; and the product of all.

import { boolean, integer } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { LayerError } from '../layer.ts';
import { axisField, axisOf, sliced, tensorOperation, withLast } from './contract.ts';

/** 1 where the first place is not behind the second, [n, n]. */
const triangle = (n: number): number[] => Array.from({ length: n * n }, (_, i) => (Math.floor(i / n) <= i % n ? 1 : 0));

export const cumsum = tensorOperation({
  id: 'cumsum',
  title: 'cumsum',
  help: 'At each place along the axis the sum of all up to there.',
  fields: { axis: axisField() },
  lower(builder, x, { axis }) {
    const { moved, back } = withLast(builder, x, axisOf(x, axis));
    const n = moved.shape.at(-1) as number;
    return [back(alongLast(builder, moved, builder.constant(triangle(n), [n, n])))];
  },
  keras: ({ axis }) => ({ module: 'numpy', className: 'Cumsum', config: { axis, dtype: null } }),
});

/** Each row of the last axis times a matrix [n, m]. */
export function alongLast(builder: Builder, x: Tensor, matrix: Tensor): Tensor {
  const n = x.shape.at(-1) as number,
    rows = x.shape.slice(0, -1).reduce((all, size) => all * size, 1);
  const product = builder.matMul(builder.reshape(x, { shape: [rows, n] }), matrix);
  return builder.reshape(product, { shape: [...x.shape.slice(0, -1), matrix.shape[1] as number] });
}

export const cumprod = tensorOperation({
  id: 'cumprod',
  title: 'cumprod',
  help: 'At each place along the axis the product of all up to there.',
  fields: { axis: axisField() },
  lower(builder, x, { axis }) {
    const place = axisOf(x, axis),
      size = x.shape[place] as number;
    let product = x;
    // What stands 1, 2, 4, … places before is multiplied in: after that all are.
    for (let step = 1; step < size; step *= 2) {
      const before = sliced(builder, product, place, 0, size - step);
      const shifted = builder.pad(before, { before: x.shape.map((_, i) => (i === place ? step : 0)), after: x.shape.map(() => 0), value: 1 });
      product = builder.multiply(product, shifted);
    }
    return [product];
  },
  keras: ({ axis }) => ({ module: 'numpy', className: 'Cumprod', config: { axis, dtype: null } }),
});

export const prod = tensorOperation({
  id: 'prod',
  title: 'prod',
  help: 'The product of all places along the axis.',
  fields: { axis: axisField(), keepdims: boolean({ label: 'Keep the axis', help: 'With one place, instead of none.', default: false }) },
  lower(builder, x, { axis, keepdims }) {
    const place = axisOf(x, axis);
    let product = x;
    // Both halves, until one place is left.
    for (let size = x.shape[place] as number; size > 1; size = Math.ceil(size / 2)) {
      const half = Math.floor(size / 2),
        rest = size % 2 === 1 ? [sliced(builder, product, place, size - 1, 1)] : [];
      const pairs = builder.multiply(sliced(builder, product, place, 0, half), sliced(builder, product, place, half, half));
      product = rest.length === 0 ? pairs : builder.concat(pairs, ...rest, { axis: place });
    }
    return [keepdims ? product : builder.reshape(product, { shape: keptShape(product, place) })];
  },
  keras: ({ axis, keepdims }) => ({ module: 'numpy', className: 'Prod', config: { axis, keepdims, dtype: null } }),
});

/** The shape without an axis of one place; a single number for each sample stays one feature. */
export function keptShape(x: Tensor, axis: number): number[] {
  const left = x.shape.filter((_, i) => i !== axis);
  return left.length === 1 ? [...left, 1] : left;
}

export const diff = tensorOperation({
  id: 'diff',
  title: 'diff',
  help: 'Each place along the axis without the one before it, so many times.',
  fields: { axis: axisField(), n: integer({ label: 'Times', help: 'Differences of differences for 2.', min: 1, max: 16, default: 1 }) },
  lower(builder, x, { axis, n }) {
    const place = axisOf(x, axis),
      size = x.shape[place] as number;
    if (size <= n)
      throw new LayerError({
        code: 'too-short',
        parameter: 'operation',
        input: 0,
        what: `${n} differences need more than ${n} places, but there are ${size}.`,
      });
    let value = x;
    for (let left = size - 1; left >= size - n; left--)
      value = builder.subtract(sliced(builder, value, place, 1, left), sliced(builder, value, place, 0, left));
    return [value];
  },
  keras: ({ axis, n }) => ({ module: 'numpy', className: 'Diff', config: { n, axis } }),
});
