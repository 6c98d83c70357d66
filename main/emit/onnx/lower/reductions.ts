// Sums, means, extremes and softmax over axes.

import { type Shape, sizeOf } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber } from '../graphWriter.ts';
import { flagOf, type Lowering, listOf, numberOf, plain } from '../lowering.ts';
import { axisIn, type Layout } from '../values.ts';
import { Channels } from './channels.ts';

/** Where a reduction may read channels first: when it keeps the axes, or when what remains has the same order either way. */
function layoutFor(shape: readonly number[], axes: readonly number[], keepDims: boolean, onlyFirst: boolean): Layout {
  const remaining = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const sameOrder = keepDims || !(remaining.includes(3) && (remaining.includes(1) || remaining.includes(2)));
  return onlyFirst && sameOrder ? 'channelsFirst' : 'channelsLast';
}

/** The gradient of a bias: everything but the last axis added up, of a value large enough that it matters how. */
const isColumnSum = (shape: Shape, axes: readonly number[]): boolean =>
  axes.length === shape.length - 1 && !axes.includes(shape.length - 1) && sizeOf(shape) >= LARGE;
const LARGE = 1 << 15;

const reduction =
  (type: string): Lowering =>
  ({ graph, values, instruction: { attributes }, inputs: [x], output }) => {
    if (!x) throw new Error('a reduction has one input');
    const axes = listOf(attributes, 'axes').map((axis) => (axis < 0 ? axis + x.shape.length : axis)),
      keepDims = flagOf(attributes, 'keepDims');
    const layout = layoutFor(x.shape, axes, keepDims, values.has(x, 'channelsFirst') && !values.has(x, 'channelsLast'));
    // An empty list means "all axes" to ONNX, "none" to us.
    if (axes.length === 0) return values.set(output, values.get(x, layout), layout);
    if (type === 'ReduceSum' && layout === 'channelsLast' && isColumnSum(x.shape, axes)) {
      const channels = new Channels(values, x);
      return values.set(output, graph.node('Reshape', [channels.sums(channels.get(x)), graph.integers(output.shape)]));
    }
    const name = graph.node(type, [values.get(x, layout), graph.integers(axes.map((axis) => axisIn(axis, layout)))], { keepdims: keepDims ? 1 : 0 });
    values.set(output, name, keepDims ? layout : 'channelsLast');
  };

const alongAxis = (type: string): Lowering =>
  plain(({ graph, values, instruction: { attributes }, inputs: [x] }) => graph.node(type, [x ? values.get(x) : ''], { axis: numberOf(attributes, 'axis') }));

export const reductionLowerings = {
  reduceSum: reduction('ReduceSum'),
  reduceMean: reduction('ReduceMean'),
  reduceMax: reduction('ReduceMax'),
  reduceMin: reduction('ReduceMin'),
  argMax: plain(({ graph, values, instruction: { attributes }, inputs: [x] }) => {
    const index = graph.node('ArgMax', [x ? values.get(x) : ''], { axis: numberOf(attributes, 'axis'), keepdims: 0 });
    return graph.node('Cast', [index], { to: dataTypeNumber('int32') });
  }),
  softmax: alongAxis('Softmax'),
  logSoftmax: alongAxis('LogSoftmax'),
} satisfies Record<string, Lowering>;
