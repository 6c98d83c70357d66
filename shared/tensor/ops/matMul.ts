// The matrix product over the last two axes, numpy's semantics: leading axes broadcast.

import type { Builder } from '../builder.ts';
import { type Gradients, type NumericArray, operation, ShapeError } from '../operation.ts';
import { formatShape, type Shape, sizeOf, type Tensor, type TensorType } from '../types.ts';
import { broadcastIndices, broadcastShapes, sumToShape } from './broadcast.ts';
import { requireType, sizeAt } from './shapes.ts';

type MatMulAttributes = { transposeA?: boolean; transposeB?: boolean };
type Flags = Required<MatMulAttributes>;

/** Rows, depth and columns of one product. */
const matrixSizes = (a: Shape, b: Shape, { transposeA, transposeB }: Flags) => ({
  rows: sizeAt(a, transposeA ? -1 : -2),
  depth: sizeAt(a, transposeA ? -2 : -1),
  depthOfB: sizeAt(b, transposeB ? -1 : -2),
  columns: sizeAt(b, transposeB ? -2 : -1),
});

function infer([a, b]: readonly [TensorType, TensorType], attributes: Flags): TensorType {
  requireType(a, ['float32'], 'matMul');
  requireType(b, ['float32'], 'matMul');
  if (a.shape.length < 2 || b.shape.length < 2)
    throw new ShapeError(`matMul needs two axes or more on both sides, but gets ${formatShape(a.shape)} and ${formatShape(b.shape)}.`);
  const { rows, depth, depthOfB, columns } = matrixSizes(a.shape, b.shape, attributes);
  if (depth !== depthOfB)
    throw new ShapeError(
      `matMul cannot multiply ${formatShape(a.shape)} with ${formatShape(b.shape)}: it adds up over ${depth} on the left and ${depthOfB} on the right.`,
    );
  return { shape: [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), 'matMul'), rows, columns], dtype: 'float32' };
}

/** All leading axes in one. */
const flat = (builder: Builder, x: Tensor): Tensor => (x.shape.length === 2 ? x : builder.reshape(x, { shape: [-1, sizeAt(x.shape, -1)] }));

/** With one matrix on the right, the leading axes on the left are rows: two plain products, no sum over a batch of matrices. */
function gradientWithOneMatrix(builder: Builder, a: Tensor, b: Tensor, g: Tensor, transposeB: boolean, wanted: (input: number) => boolean): Gradients {
  const rows = flat(builder, g);
  const byA = () => builder.reshape(builder.matMul(rows, b, { transposeB: !transposeB }), { shape: a.shape });
  const byB = () => (transposeB ? builder.matMul(rows, flat(builder, a), { transposeA: true }) : builder.matMul(flat(builder, a), rows, { transposeA: true }));
  return [wanted(0) ? byA() : null, wanted(1) ? byB() : null];
}

function gradient(builder: Builder, a: Tensor, b: Tensor, g: Tensor, { transposeA, transposeB }: Flags, wanted: (input: number) => boolean): Gradients {
  const byA = () => (transposeA ? builder.matMul(b, g, { transposeA: transposeB, transposeB: true }) : builder.matMul(g, b, { transposeB: !transposeB }));
  const byB = () => (transposeB ? builder.matMul(g, a, { transposeA: true, transposeB: transposeA }) : builder.matMul(a, g, { transposeA: !transposeA }));
  return [wanted(0) ? sumToShape(builder, byA(), a) : null, wanted(1) ? sumToShape(builder, byB(), b) : null];
}

function evaluate([a, b]: readonly [NumericArray, NumericArray], attributes: Flags, output: TensorType): Float64Array {
  const { rows, depth, columns } = matrixSizes(a.shape, b.shape, attributes);
  const batch = output.shape.slice(0, -2);
  const batchOfA = broadcastIndices(a.shape.slice(0, -2), batch),
    batchOfB = broadcastIndices(b.shape.slice(0, -2), batch);
  const [aRow, aDepth] = attributes.transposeA ? [1, rows] : [depth, 1];
  const [bDepth, bColumn] = attributes.transposeB ? [1, depth] : [columns, 1];
  const element = (aStart: number, bStart: number) => {
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += (a.data[aStart + k * aDepth] as number) * (b.data[bStart + k * bDepth] as number);
    return sum;
  };
  return Float64Array.from({ length: sizeOf(output.shape) }, (_, i) => {
    const matrix = Math.floor(i / (rows * columns)),
      row = Math.floor(i / columns) % rows,
      column = i % columns;
    return element((batchOfA[matrix] as number) * rows * depth + row * aRow, (batchOfB[matrix] as number) * depth * columns + column * bColumn);
  });
}

export const matMul = operation<[a: Tensor, b: Tensor], MatMulAttributes>({
  name: 'matMul',
  summary: 'a · b',
  defaults: { transposeA: false, transposeB: false },
  infer,
  gradient: ({ builder, inputs: [a, b], gradient: g, attributes, wanted }): Gradients =>
    b.shape.length === 2 && a.shape.length > 2 && !attributes.transposeA
      ? gradientWithOneMatrix(builder, a, b, g, attributes.transposeB, wanted)
      : gradient(builder, a, b, g, attributes, wanted),
  evaluate,
  multiplyAdds: ([a, b], attributes, output) => sizeOf(output.shape) * matrixSizes(a.shape, b.shape, attributes).depth,
});
