// Matrix products.

import { at, flagOf, type Lowering } from '../lowering.ts';

/** With one matrix on the right, the leading axes on the left are rows: one plain product, which TensorFlow splits over its threads best. */
const matMul: Lowering = ({ graph, attributes, inputs, nodes, output }) => {
  const [a, b] = [at(inputs, 0), at(inputs, 1)];
  const transposeA = flagOf(attributes, 'transposeA'),
    transposeB = flagOf(attributes, 'transposeB');
  const plain = (x: string) => graph.float('MatMul', [x, at(nodes, 1)], { transpose_a: transposeA, transpose_b: transposeB });
  if (a.shape.length === 2 && b.shape.length === 2) return plain(at(nodes, 0));
  if (b.shape.length === 2 && !transposeA) {
    const reshape = (x: string, shape: readonly number[]) => graph.float('Reshape', [x, graph.integers(shape)], { Tshape: { type: 'int32' } });
    return reshape(plain(reshape(at(nodes, 0), [-1, a.shape.at(-1) ?? 1])), output.shape);
  }
  return graph.float('BatchMatMulV2', nodes, { adj_x: transposeA, adj_y: transposeB });
};

export const productLowerings = { matMul } satisfies Record<string, Lowering>;
