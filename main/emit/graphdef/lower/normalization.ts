// Batch normalization by TensorFlow's fused kernels: two passes over the numbers forward and two backward.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, type Lowering, type LoweringInput, numberOf } from '../lowering.ts';

/** The kernels take pictures only: other values are seen as pictures of one column. */
function asPictures(graph: GraphWriter, shape: Shape): { readonly rows: number; turn(x: string): string; back(x: string): string } {
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const reshape = (x: string, sizes: Shape) => graph.float('Reshape', [x, graph.integers(sizes)], { Tshape: { type: 'int32' } });
  if (shape.length === 4) return { rows, turn: (x) => x, back: (x) => x };
  return { rows, turn: (x) => reshape(x, [rows, 1, 1, at(shape, shape.length - 1)]), back: (x) => reshape(x, shape) };
}

const fused = ({ graph, attributes }: LoweringInput, op: string, nodes: readonly string[]): string =>
  graph.float(op, nodes, {
    U: { type: 'float32' },
    epsilon: { float: numberOf(attributes, 'epsilon') },
    data_format: { text: 'NHWC' },
    is_training: true,
  });

const batchNormalize: Lowering = (input) => {
  const { graph, inputs, nodes } = input;
  const pictures = asPictures(graph, at(inputs, 0).shape);
  const none = graph.constant('float32', [0], []);
  const y = fused(input, 'FusedBatchNormV3', [pictures.turn(at(nodes, 0)), at(nodes, 1), at(nodes, 2), none, none]);
  // It gives the variance of a sample; ours is the population's. Of a single row the one is 0 / 0 on a graphics card, the other 0.
  const [given, factor] = pictures.rows === 1 ? [`${y}:1`, 0] : [`${y}:2`, (pictures.rows - 1) / pictures.rows];
  const variance = graph.float('Mul', [given, graph.scalar(factor)]);
  return [pictures.back(y), `${y}:1`, variance, `${y}:3`, `${y}:4`, `${y}:5`];
};

/** What the kernel before kept for this one lies beside the mean; it is not the same on every device. */
const batchNormalizeGradient: Lowering = (input) => {
  const { graph, inputs, nodes, beside } = input;
  const pictures = asPictures(graph, at(inputs, 0).shape);
  const kept = beside(at(inputs, 2)).slice(3);
  const byX = fused(input, 'FusedBatchNormGradV3', [pictures.turn(at(nodes, 4)), pictures.turn(at(nodes, 0)), at(nodes, 1), ...kept]);
  return [pictures.back(byX), `${byX}:1`, `${byX}:2`];
};

export const normalizationLowerings = { batchNormalize, batchNormalizeGradient } satisfies Record<string, Lowering>;
