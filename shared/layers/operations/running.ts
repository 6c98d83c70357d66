// Operations along an axis that take what stands before into account: running sums and products, differences; and the product of all.

import { boolean, integer } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { LayerError } from '../layer.ts';
import { axisField, axisOf, sliced, tensorOperation } from './contract.ts';

/** Each place taken together with all before it: first with the one before, then with what stands 2, 4, 8, … places before. `neutral` changes nothing. */
function running(builder: Builder, x: Tensor, axis: number, neutral: number, together: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const size = x.shape[axis] as number;
  let all = x;
  for (let step = 1; step < size; step *= 2) {
    const before = sliced(builder, all, axis, 0, size - step);
    const shifted = builder.pad(before, { before: x.shape.map((_, i) => (i === axis ? step : 0)), after: x.shape.map(() => 0), value: neutral });
    all = together(all, shifted);
  }
  return all;
}

export const cumsum = tensorOperation({
  id: 'cumsum',
  title: 'cumsum',
  help: 'At each place along the axis the sum of all up to there.',
  fields: { axis: axisField() },
  lower: (builder, x, { axis }) => [running(builder, x, axisOf(x, axis), 0, (a, b) => builder.add(a, b))],
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
  lower: (builder, x, { axis }) => [running(builder, x, axisOf(x, axis), 1, (a, b) => builder.multiply(a, b))],
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
