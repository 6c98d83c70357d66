// Pooling and its gradients. Where windows do not overlap (the usual case) gradients are splits, comparisons and joins of whole rows;
// the general case goes through indices.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber, type GraphWriter } from '../graphWriter.ts';
import { type Lowering, type LoweringInput, listOf } from '../lowering.ts';

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

interface Tiles {
  readonly graph: GraphWriter;
  readonly full: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly size: readonly number[];
}
const [BATCH, ROWS, COLUMNS, CHANNELS] = [0, 1, 2, 3] as const;

const tilesOf = (input: LoweringInput, full: readonly number[], pooled: readonly number[]): Tiles => ({
  graph: input.graph,
  full,
  rows: pooled[ROWS] as number,
  columns: pooled[COLUMNS] as number,
  size: listOf(input.instruction.attributes, 'size'),
});

/** The image cut into one piece per place of the window, each [batch · rows, 1, columns, 1, channels]; rows and columns no window reaches are left out. */
function cut({ graph, full, rows, columns, size: [height = 1, width = 1] }: Tiles, x: string): string[] {
  const [batch = 1, fullRows, fullColumns, channels = 1] = full;
  const whole = fullRows === rows * height && fullColumns === columns * width;
  const used = whole ? x : graph.node('Slice', [x, graph.integers([0, 0]), graph.integers([rows * height, columns * width]), graph.integers([ROWS, COLUMNS])]);
  const tiled = graph.node('Reshape', [used, graph.integers([batch * rows, height, columns, width, channels])]);
  const lines = height === 1 ? [tiled] : graph.nodes('Split', [tiled], { axis: 1, num_outputs: height }, height);
  return lines.flatMap((line) => (width === 1 ? [line] : graph.nodes('Split', [line], { axis: 3, num_outputs: width }, width)));
}

/** The inverse of `cut`: zeros where no window reached. */
function join({ graph, full, rows, columns, size: [height = 1, width = 1] }: Tiles, pieces: readonly string[]): string {
  const [batch = 1, fullRows = 1, fullColumns = 1, channels = 1] = full;
  const lines = Array.from({ length: height }, (_, row) => graph.node('Concat', pieces.slice(row * width, (row + 1) * width), { axis: 3 }));
  const image = graph.node('Reshape', [graph.node('Concat', lines, { axis: 1 }), graph.integers([batch, rows * height, columns * width, channels])]);
  const rest = [fullRows - rows * height, fullColumns - columns * width];
  return rest.every((size) => size === 0) ? image : graph.node('Pad', [image, graph.integers([0, 0, 0, 0, 0, ...rest, 0])]);
}

/** Hands each window's gradient to the first place that equals its maximum; what earlier places took is not given again. */
function maxTilesGradient(input: LoweringInput, x: Tensor, y: Tensor, g: Tensor): string {
  const { graph, values } = input;
  const tiles = tilesOf(input, x.shape, y.shape);
  const flat = graph.integers([(y.shape[BATCH] as number) * tiles.rows, 1, tiles.columns, 1, y.shape[CHANNELS] as number]);
  const maximum = graph.node('Reshape', [values.get(y), flat]);
  let left = graph.node('Reshape', [values.get(g), flat]);
  const pieces = cut(tiles, values.get(x));
  const shares = pieces.map((piece, place) => {
    // The last place takes what is left: one of them holds the maximum.
    if (place === pieces.length - 1) return left;
    const hit = graph.node('Cast', [graph.node('Equal', [piece, maximum])], { to: dataTypeNumber('float32') });
    const share = graph.node('Mul', [left, hit]);
    left = graph.node('Sub', [left, share]);
    return share;
  });
  return join(tiles, shares);
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
  if (isTiling(input)) input.values.set(input.output, maxTilesGradient(input, x, y, g));
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

export const poolingLowerings = { maxPool2d: pool('MaxPool'), maxPool2dGradient, averagePool2d: pool('AveragePool'), averagePool2dGradient } satisfies Record<
  string,
  Lowering
>;
