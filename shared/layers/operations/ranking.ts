// Operations that bring values in order: sorting, the largest ones, where they stand. Ranks are counted pair by pair.

import { boolean, integer } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { LayerError } from '../layer.ts';
import { asFloat, axisField, axisOf, tensorOperation, withLast } from './contract.ts';
import { keptShape } from './running.ts';

/** How long an axis may be: pairs are counted. */
const longest = 2048;

/** Which value of the last axis stands at each of the first places once they are in order, [..., places, n] of 0 and 1; of equals the first comes first. */
function inOrder(builder: Builder, x: Tensor, places: number, descending: boolean): Tensor {
  const n = x.shape.at(-1) as number,
    before = x.shape.slice(0, -1);
  if (n > longest)
    throw new LayerError({ code: 'too-long', parameter: 'operation', input: 0, what: `Up to ${longest} places are brought in order, but there are ${n}.` });
  const own = builder.reshape(x, { shape: [...before, n, 1] }),
    other = builder.reshape(x, { shape: [...before, 1, n] });
  const numbers = Array.from({ length: n }, (_, i) => i);
  const isEarlier = asFloat(builder, builder.less(builder.constant(numbers, [1, n]), builder.constant(numbers, [n, 1])));
  const ahead = asFloat(builder, descending ? builder.greater(other, own) : builder.less(other, own));
  const tied = builder.multiply(asFloat(builder, builder.equal(other, own)), isEarlier);
  const rank = builder.reduceSum(builder.add(ahead, tied), { axes: [x.shape.length], keepDims: false });
  const row = builder.reshape(rank, { shape: [...before, 1, n] });
  return asFloat(builder, builder.equal(row, builder.constant(numbers.slice(0, places), [places, 1])));
}

/** The values of the last axis that stand at those places, [..., places]. */
function valuesAt(builder: Builder, chosen: Tensor, values: Tensor): Tensor {
  const row = builder.reshape(values, { shape: [...values.shape.slice(0, -1), 1, values.shape.at(-1) as number] });
  return builder.reduceSum(builder.multiply(chosen, row), { axes: [chosen.shape.length - 1], keepDims: false });
}

/** 0, 1, 2, … along the last axis, for as many axes. */
const numbersAlong = (builder: Builder, x: Tensor): Tensor => {
  const n = x.shape.at(-1) as number;
  return builder.constant(
    Array.from({ length: n }, (_, i) => i),
    x.shape.map((_, i) => (i === x.shape.length - 1 ? n : 1)),
  );
};

export const sort = tensorOperation({
  id: 'sort',
  title: 'sort',
  help: 'The values along the axis from the least to the largest.',
  fields: { axis: axisField() },
  lower(builder, x, { axis }) {
    const { moved, back } = withLast(builder, x, axisOf(x, axis));
    return [back(valuesAt(builder, inOrder(builder, moved, moved.shape.at(-1) as number, false), moved))];
  },
  keras: ({ axis }) => ({ module: 'numpy', className: 'Sort', config: { axis } }),
});

export const argsort = tensorOperation({
  id: 'argsort',
  title: 'argsort',
  help: 'Where the values along the axis stood before they were brought in order, from the least to the largest. Counted from 0; nothing before it learns by it.',
  fields: { axis: axisField() },
  lower(builder, x, { axis }) {
    const { moved, back } = withLast(builder, x, axisOf(x, axis));
    return [back(valuesAt(builder, inOrder(builder, moved, moved.shape.at(-1) as number, false), numbersAlong(builder, moved)))];
  },
  keras: ({ axis }) => ({ module: 'numpy', className: 'Argsort', config: { axis } }),
});

export const topK = tensorOperation({
  id: 'topK',
  title: 'top_k',
  help: 'The k largest values along the last axis, the largest first; its second result says where they stood.',
  fields: { k: integer({ label: 'k', help: 'How many.', min: 1, max: longest, default: 2 }) },
  further: ['indices'],
  lower(builder, x, { k }) {
    const n = x.shape.at(-1) as number;
    if (k > n)
      throw new LayerError({ code: 'too-short', parameter: 'operation', input: 0, what: `The ${k} largest are asked for, but there are ${n} values.` });
    const chosen = inOrder(builder, x, k, true);
    return [valuesAt(builder, chosen, x), valuesAt(builder, chosen, numbersAlong(builder, x))];
  },
  keras: ({ k }) => ({ module: 'math', className: 'TopK', config: { k, sorted: true } }),
});

const keepdims = boolean({ label: 'Keep the axis', help: 'With one place, instead of none.', default: false });

const extreme = (id: 'argmax' | 'argmin', help: string) =>
  tensorOperation({
    id,
    title: id,
    help,
    fields: { axis: axisField(), keepdims },
    lower(builder, x, p) {
      const axis = axisOf(x, p.axis);
      const found = asFloat(builder, builder.argMax(id === 'argmax' ? x : builder.negate(x), { axis }));
      const kept = builder.reshape(found, { shape: x.shape.map((size, i) => (i === axis ? 1 : size)) });
      return [p.keepdims ? kept : builder.reshape(found, { shape: keptShape(kept, axis) })];
    },
    keras: (p) => ({ module: 'numpy', className: id === 'argmax' ? 'Argmax' : 'Argmin', config: { axis: p.axis, keepdims: p.keepdims } }),
  });

export const argmax = extreme('argmax', 'Where the largest value along the axis stands, counted from 0. Nothing before it learns by it.');
export const argmin = extreme('argmin', 'Where the least value along the axis stands, counted from 0. Nothing before it learns by it.');
