// Matrix products. Gemm takes its factors transposed without moving them; batches of matrices go through MatMul.

import { flagOf, type Lowering, plain } from '../lowering.ts';

/** Swaps the last two axes. */
const swapped = (rank: number): number[] => Array.from({ length: rank }, (_, axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis));

const matMul = plain(({ graph, values, inputs: [a, b], instruction: { attributes }, bias }) => {
  if (!a || !b) throw new Error('matMul has two inputs');
  const transA = flagOf(attributes, 'transposeA'),
    transB = flagOf(attributes, 'transposeB');
  if (a.shape.length === 2 && b.shape.length === 2) {
    const names = [values.get(a), values.get(b), ...(bias ? [values.get(bias)] : [])];
    return graph.node('Gemm', names, { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });
  }
  const left = transA ? graph.node('Transpose', [values.get(a)], { perm: swapped(a.shape.length) }) : values.get(a);
  const right = transB ? graph.node('Transpose', [values.get(b)], { perm: swapped(b.shape.length) }) : values.get(b);
  return graph.node('MatMul', [left, right]);
});

export const matMulLowerings = { matMul } satisfies Record<string, Lowering>;
