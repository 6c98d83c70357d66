// Pooling and its gradients. Where windows do not overlap (the usual case) gradients are splits, comparisons and joins of whole rows;
// the general case goes through indices.

import { type Shape, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber } from '../graphWriter.ts';
import { type Lowering, type LoweringInput, listOf } from '../lowering.ts';
import { cut, imagesFirst, inOrder, type Tiling, type Windows } from './windows.ts';

const poolAttributes = ({ instruction: { attributes } }: LoweringInput) => {
  const [top = 0, bottom = 0, left = 0, right = 0] = listOf(attributes, 'padding');
  return { kernel_shape: listOf(attributes, 'size'), strides: listOf(attributes, 'strides'), pads: [top, left, bottom, right] };
};
const tensorAt = (inputs: readonly Tensor[], place: number): Tensor => {
  const tensor = inputs[place];
  if (!tensor) throw new Error(`input ${place} is missing`);
  return tensor;
};

const pool =
  (type: string): Lowering =>
  (input) => {
    const { graph, values, inputs, output } = input;
    values.set(output, graph.node(type, [values.get(tensorAt(inputs, 0), 'channelsFirst')], poolAttributes(input)), 'channelsFirst');
  };

/** Non-overlapping windows without padding. */
function isTiling({ instruction: { attributes } }: LoweringInput): boolean {
  const size = listOf(attributes, 'size'),
    strides = listOf(attributes, 'strides');
  return size.every((length, axis) => length === strides[axis]) && listOf(attributes, 'padding').every((pad) => pad === 0);
}

const tilingOf = ({ instruction: { attributes } }: LoweringInput, full: Shape, [, rows = 1, columns = 1]: Shape): Tiling => ({
  full,
  rows,
  columns,
  size: listOf(attributes, 'size'),
});

/** The value in places of these windows: as it is already, or cut. */
function windowsOf(input: LoweringInput, x: Tensor, tiling: Tiling): Windows {
  return input.values.windows(x) ?? { tiling, places: cut(input.graph, tiling, input.values.get(x)), order: 'imagesFirst' };
}

/** The largest of each window in the order of its windows' rows. */
const maximumKey = (x: Tensor): string => `maximum/${x.id}`;

const maxPool2d: Lowering = (input) => {
  const { graph, values, output } = input,
    x = tensorAt(input.inputs, 0);
  if (!values.windows(x)) return pool('MaxPool')(input);
  const tiling = tilingOf(input, x.shape, output.shape);
  const { places, order } = windowsOf(input, x, tiling);
  const maximum = values.once(maximumKey(x), () => graph.node('Max', places));
  values.set(output, graph.node('Reshape', [imagesFirst(graph, maximum, order, tiling), graph.integers(output.shape)]));
};

/** Hands each window's gradient to the first place that equals its maximum; what earlier places took is not given again. */
function maxTilesGradient(input: LoweringInput, x: Tensor, y: Tensor, g: Tensor): void {
  const { graph, values } = input,
    tiling = tilingOf(input, x.shape, y.shape),
    { places, order } = windowsOf(input, x, tiling);
  const matrix = (value: Tensor) => inOrder(graph, graph.node('Reshape', [values.get(value), graph.integers([-1, x.shape[3] as number])]), order, tiling);
  const maximum = values.once(maximumKey(x), () => matrix(y));
  let left = matrix(g);
  const shares = places.map((place, i) => {
    // The last place takes what is left: one of them holds the maximum.
    if (i === places.length - 1) return left;
    const hit = graph.node('Cast', [graph.node('Equal', [place, maximum])], { to: dataTypeNumber('float32') });
    const share = graph.node('Mul', [left, hit]);
    left = graph.node('Sub', [left, share]);
    return share;
  });
  values.setWindows(input.output, { tiling, places: shares, order });
}

/** Overlapping or padded windows: indices of the maxima, then adding up at those places. */
function maxWindowsGradient(input: LoweringInput, x: Tensor, g: Tensor): string {
  const { graph, values } = input;
  const [, indices = ''] = graph.nodes('MaxPool', [values.get(x, 'channelsFirst')], poolAttributes(input), 2);
  const all = graph.integers([-1]),
    [batch = 1, rows = 1, columns = 1, channels = 1] = x.shape;
  const zeros = graph.node('Expand', [graph.scalar(0), graph.integers([sizeOf(x.shape)])]);
  const flat = graph.node('ScatterElements', [zeros, graph.node('Reshape', [indices, all]), graph.node('Reshape', [values.get(g, 'channelsFirst'), all])], {
    axis: 0,
    reduction: 'add',
  });
  return graph.node('Reshape', [flat, graph.integers([batch, channels, rows, columns])]);
}

const maxPool2dGradient: Lowering = (input) => {
  const [x, y, g] = [tensorAt(input.inputs, 0), tensorAt(input.inputs, 1), tensorAt(input.inputs, 2)];
  if (isTiling(input)) maxTilesGradient(input, x, y, g);
  else input.values.set(input.output, maxWindowsGradient(input, x, g), 'channelsFirst');
};

/** How many places inside the image each window covers, [1, 1, rows, columns]. */
function coverage(input: LoweringInput, full: readonly number[], pooled: readonly number[]): number[] {
  const { kernel_shape, strides, pads } = poolAttributes(input);
  const along = (axis: number) =>
    Array.from({ length: pooled[axis + 1] as number }, (_, i) => {
      const start = i * (strides[axis] as number) - (pads[axis] as number);
      return Math.min(start + (kernel_shape[axis] as number), full[axis + 1] as number) - Math.max(start, 0);
    });
  return along(0).flatMap((height) => along(1).map((width) => height * width));
}

/** Spreads each share over its window: a transposed convolution, channel by channel, with a kernel of ones. */
const averagePool2dGradient: Lowering = (input) => {
  const { graph, values, inputs, output } = input;
  const g = tensorAt(inputs, 0);
  const { kernel_shape, strides, pads } = poolAttributes(input);
  const [, rows = 1, columns = 1, channels = 1] = g.shape;
  const counts = graph.constant('float32', [1, 1, rows, columns], coverage(input, output.shape, g.shape));
  const share = graph.node('Div', [values.get(g, 'channelsFirst'), counts]);
  const ones = graph.constant('float32', [channels, 1, ...kernel_shape], new Float32Array(channels * sizeOf(kernel_shape)).fill(1));
  const rest = [0, 1].map(
    (axis) =>
      (output.shape[axis + 1] as number) +
      (pads[axis] as number) +
      (pads[axis + 2] as number) -
      (((g.shape[axis + 1] as number) - 1) * (strides[axis] as number) + (kernel_shape[axis] as number)),
  );
  values.set(output, graph.node('ConvTranspose', [share, ones], { strides, pads, group: channels, kernel_shape, output_padding: rest }), 'channelsFirst');
};

export const poolingLowerings = { maxPool2d, maxPool2dGradient, averagePool2d: pool('AveragePool'), averagePool2dGradient } satisfies Record<string, Lowering>;
