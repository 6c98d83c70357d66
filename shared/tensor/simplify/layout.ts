// Simplifications of operations that move numbers without changing them: those that do nothing, and chains of the same kind.

import { positiveAxis } from '../ops/shapes.ts';
import { type DType, sameShape, type Shape } from '../types.ts';
import type { Rule, Rules } from './rule.ts';

type Numbers = readonly number[];
const sameType: Rule = ({ inputs: [x], types: [type] }) => (x && type && x.dtype === type.dtype && sameShape(x.shape, type.shape) ? [x] : null);

const reshapeChain: Rule = ({ inputs, types: [type] }, { builder, producer }) => {
  const from = producer(inputs[0], 'reshape')?.inputs[0];
  return from && type ? [builder.reshape(from, { shape: type.shape })] : null;
};

const stretchChain: Rule = ({ inputs, types: [type] }, { builder, producer }) => {
  const from = producer(inputs[0], 'broadcastTo')?.inputs[0];
  return from && type ? [builder.broadcastTo(from, { shape: type.shape })] : null;
};

/** A constant of one number stays one in any shape. */
const fillShape: Rule = ({ inputs, types: [type] }, { numberIn, filled }) => {
  const value = numberIn(inputs[0]);
  return value !== undefined && type ? [filled(value, type)] : null;
};

const transposeChain: Rule = ({ inputs, attributes }, { builder, producer }) => {
  const before = producer(inputs[0], 'transpose'),
    from = before?.inputs[0];
  if (!before || !from) return null;
  const first = before.attributes.permutation as Numbers;
  return [builder.transpose(from, { permutation: (attributes.permutation as Numbers).map((axis) => first[axis] as number) })];
};

/** Axes of size 1 may move freely: where the others keep their order, no number moves. */
const transposeOfOnes: Rule = ({ inputs: [x], attributes, types: [type] }, { builder }) => {
  if (!x || !type) return null;
  const moving = (attributes.permutation as Numbers).filter((axis) => x.shape[axis] !== 1);
  return moving.every((axis, i) => i === 0 || axis > (moving[i - 1] as number)) ? [builder.reshape(x, { shape: type.shape })] : null;
};

/** Types whose every value the types to the right can hold. */
const widening: readonly DType[] = ['bool', 'uint8', 'int32'];
const keepsAll = (from: DType, to: DType): boolean => {
  const rank = widening.indexOf(from);
  return to === 'float32' ? from === 'bool' || from === 'uint8' : rank !== -1 && widening.indexOf(to) >= rank;
};
const castChain: Rule = ({ inputs: [x], attributes }, { builder, producer }) => {
  const from = producer(x, 'cast')?.inputs[0];
  return x && from && keepsAll(from.dtype, x.dtype) ? [builder.cast(from, { dtype: attributes.dtype as DType })] : null;
};

const sliceChain: Rule = ({ inputs, attributes }, { builder, producer }) => {
  const before = producer(inputs[0], 'slice'),
    from = before?.inputs[0];
  if (!before || !from) return null;
  const first = before.attributes.begin as Numbers;
  return [builder.slice(from, { begin: (attributes.begin as Numbers).map((begin, axis) => begin + (first[axis] as number)), size: attributes.size as Shape })];
};

/** Sums, means and extremes over axes of size 1 change nothing but the shape. */
const reduceOnes: Rule = ({ inputs: [x], attributes, types: [type] }, { builder }) => {
  const trivial = x && (attributes.axes as Numbers).every((axis) => x.shape[positiveAxis(axis, x.shape.length, 'reduce')] === 1);
  return trivial && type ? [builder.reshape(x, { shape: type.shape })] : null;
};

/** Axes kept at size 1 by a reduction only to be dropped. */
const dropKeptAxes: Rule = ({ inputs: [x], types: [type] }, { builder, producer }) => {
  for (const name of ['reduceSum', 'reduceMean', 'reduceMax', 'reduceMin'] as const) {
    const {
      inputs: [from],
      attributes,
    } = producer(x, name) ?? { inputs: [] };
    if (!from || !type || !attributes?.keepDims) continue;
    const axes = attributes.axes as Numbers,
      gone = new Set(axes.map((axis) => positiveAxis(axis, from.shape.length, name)));
    if (
      sameShape(
        type.shape,
        from.shape.filter((_, axis) => !gone.has(axis)),
      )
    )
      return [builder[name](from, { axes, keepDims: false })];
  }
  return null;
};

/** A product with a transposed matrix: the product can read it as it lies. */
const multiplyTransposed: Rule = ({ inputs: [a, b], attributes }, { builder, producer }) => {
  if (!a || !b) return null;
  const swapped = (x: typeof a) => {
    const before = producer(x, 'transpose'),
      rank = x.shape.length;
    const order = before?.attributes.permutation as Numbers | undefined;
    return order?.every((axis, i) => axis === (i < rank - 2 ? i : 2 * rank - 3 - i)) ? before?.inputs[0] : undefined;
  };
  const fromA = swapped(a),
    fromB = swapped(b);
  if (!fromA && !fromB) return null;
  return [
    builder.matMul(fromA ?? a, fromB ?? b, {
      transposeA: Boolean(attributes.transposeA) !== Boolean(fromA),
      transposeB: Boolean(attributes.transposeB) !== Boolean(fromB),
    }),
  ];
};

export const layoutRules: Rules = {
  reshape: [sameType, fillShape, reshapeChain, dropKeptAxes],
  broadcastTo: [sameType, fillShape, stretchChain],
  transpose: [fillShape, transposeChain, transposeOfOnes],
  cast: [sameType, castChain],
  slice: [sameType, fillShape, sliceChain],
  pad: [sameType],
  reduceSum: [reduceOnes],
  reduceMean: [reduceOnes],
  reduceMax: [reduceOnes],
  reduceMin: [reduceOnes],
  matMul: [multiplyTransposed],
};
