// Sums, means, extremes and softmax over axes.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, flagOf, type Lowering, listOf, numberOf, positive } from '../lowering.ts';

/** The gradient of a bias: everything but the last axis added up. */
const isColumnSum = (shape: Shape, axes: readonly number[]): boolean =>
  shape.length > 1 && axes.length === shape.length - 1 && !axes.includes(shape.length - 1);

const reduction =
  (op: string): Lowering =>
  ({ graph, attributes, inputs, nodes }) => {
    const x = at(inputs, 0),
      axes = listOf(attributes, 'axes').map((axis) => positive(axis, x.shape.length)),
      keepDims = flagOf(attributes, 'keepDims');
    if (op === 'Sum' && x.dtype === 'float32' && !keepDims && isColumnSum(x.shape, axes)) return graph.float('BiasAddGrad', nodes);
    return graph.typed(op, x.dtype, [at(nodes, 0), graph.integers(axes)], { Tidx: { type: 'int32' }, keep_dims: keepDims });
  };

/** TensorFlow's softmax works along the last axis of two or more. */
function alongLast(graph: GraphWriter, shape: Shape, axis: number, x: string, write: (x: string) => string): string {
  const last = shape.length - 1;
  if (axis === last) return write(x);
  const swapped = graph.integers(shape.map((_, i) => (i === axis ? last : i === last ? axis : i)));
  const turn = (value: string) => graph.float('Transpose', [value, swapped], { Tperm: { type: 'int32' } });
  return turn(write(turn(x)));
}
const alongAxis =
  (op: string): Lowering =>
  ({ graph, attributes, inputs, nodes }) => {
    const { shape } = at(inputs, 0);
    return alongLast(graph, shape, positive(numberOf(attributes, 'axis'), shape.length), at(nodes, 0), (x) => graph.float(op, [x]));
  };

export const reductionLowerings = {
  reduceSum: reduction('Sum'),
  reduceMean: reduction('Mean'),
  reduceMax: reduction('Max'),
  reduceMin: reduction('Min'),
  argMax: ({ graph, attributes, inputs, nodes }) =>
    graph.typed('ArgMax', at(inputs, 0).dtype, [at(nodes, 0), graph.scalar(numberOf(attributes, 'axis'), 'int32')], {
      Tidx: { type: 'int32' },
      output_type: { type: 'int32' },
    }),
  softmax: alongAxis('Softmax'),
  logSoftmax: alongAxis('LogSoftmax'),
} satisfies Record<string, Lowering>;
