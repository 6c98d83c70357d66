// Convolutions and their two gradients. Forward and input gradient use ONNX' own operators with channels first; the kernel gradient
// is matrix products over shifted slices with channels last, several times faster on a CPU than a convolution with batch and channels swapped.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { type Lowering, type LoweringInput, listOf, numberOf } from '../lowering.ts';
import { everyPlace, FEW_CHANNELS, gatherRows, MOST_PATCH_BYTES, type Places, patches, patchesKey, type Reach } from './patches.ts';
import type { Order, Tiling } from './windows.ts';

const OIHW = [3, 2, 0, 1];

interface Geometry {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
}

function geometryOf({ instruction: { attributes } }: LoweringInput): Geometry {
  const [top = 0, bottom = 0, left = 0, right = 0] = listOf(attributes, 'padding');
  return {
    strides: listOf(attributes, 'strides'),
    pads: [top, left, bottom, right],
    dilations: listOf(attributes, 'dilations'),
    group: numberOf(attributes, 'groups'),
  };
}
const pairOf = (inputs: readonly Tensor[]): readonly [Tensor, Tensor] => {
  const [a, b] = inputs;
  if (!a || !b) throw new Error('a convolution has two inputs');
  return [a, b];
};

const reachOf = (kernel: readonly number[], { strides, dilations, pads }: Geometry): Reach => ({
  kernel: kernel.slice(0, 2),
  strides,
  dilations,
  before: pads.slice(0, 2),
});

/** The windows of the pooling that alone uses a convolution's output, if it does: windows side by side, without padding. */
function poolingTiling({ output, usersOf }: LoweringInput): Tiling | null {
  const users = usersOf(output);
  const pool = users?.find(({ operation }) => operation === 'maxPool2d');
  if (!users || !pool) return null;
  const key = JSON.stringify(pool.attributes),
    { size, strides, padding } = pool.attributes as Readonly<Record<string, readonly number[]>>;
  const alone = users.every(
    ({ operation, attributes, inputs }) =>
      (operation === 'maxPool2d' || (operation === 'maxPool2dGradient' && inputs[0]?.id === output.id)) && JSON.stringify(attributes) === key,
  );
  const tiles = size?.every((length, axis) => length === strides?.[axis]) && padding?.every((pad) => pad === 0);
  const [, rows = 1, columns = 1] = pool.outputs[0]?.shape ?? [];
  return alone && tiles && size ? { full: output.shape, rows, columns, size } : null;
}

/** The places of the output that one place of the windows covers. */
const placesOf = ({ rows, columns, size }: Tiling): Places[] => {
  const [height = 1, width = 1] = size;
  return Array.from({ length: height * width }, (_, i) => ({ rows, columns, step: size, from: [Math.floor(i / width), i % width] }));
};

const patchBytes = (x: Tensor, kernel: readonly number[], output: readonly number[]): number =>
  4 * sizeOf(output.slice(0, 3)) * sizeOf(kernel.slice(0, 2)) * (x.shape[3] as number);

/** In which order rows are gathered for this convolution; null where ONNX Runtime's own convolution is the better way. */
function orderFor({ strides, group }: Geometry, x: Tensor, kernel: Tensor, output: Tensor, tiling: Tiling | null): Order | null {
  const [batch = 1, , , channels = 1] = x.shape;
  if (group !== 1 || patchBytes(x, kernel.shape, output.shape) > MOST_PATCH_BYTES || sizeOf(strides) > 4) return null;
  if (channels > FEW_CHANNELS) return 'imagesFirst';
  return tiling && batch > FEW_CHANNELS ? 'windowsFirst' : null;
}

/** The convolution as products of gathered rows: one for each place of the pooling's windows, or one for all. */
function convolveByPatches(input: LoweringInput, geometry: Geometry, tiling: Tiling | null, order: Order): void {
  const { graph, values, output, bias } = input,
    [x, kernel] = pairOf(input.inputs);
  const reach = reachOf(kernel.shape, geometry),
    filters = kernel.shape[3] as number;
  const weights = graph.node('Reshape', [values.get(kernel), graph.integers([-1, filters])]);
  const product = (places: Places) =>
    graph.node('Gemm', [patches(graph, values, x, reach, places, order), weights, ...(bias ? [values.get(bias)] : [])], {
      transA: order === 'imagesFirst' ? 0 : 1,
    });
  if (tiling) values.setWindows(output, { tiling, places: placesOf(tiling).map(product), order });
  else {
    const [, rows = 1, columns = 1] = output.shape;
    values.set(output, graph.node('Reshape', [product(everyPlace(rows, columns)), graph.integers(output.shape)]));
  }
}

const conv2d: Lowering = (input) => {
  const { graph, values, output, bias } = input;
  const tiling = poolingTiling(input),
    order = orderFor(geometryOf(input), ...pairOf(input.inputs), output, tiling);
  if (order) return convolveByPatches(input, geometryOf(input), tiling, order);
  const [x, kernel] = pairOf(input.inputs);
  const { strides, pads, dilations, group } = geometryOf(input);
  const names = [values.get(x, 'channelsFirst'), graph.node('Transpose', [values.get(kernel)], { perm: OIHW }), ...(bias ? [values.get(bias)] : [])];
  values.set(output, graph.node('Conv', names, { strides, pads, dilations, group, kernel_shape: kernel.shape.slice(0, 2) }), 'channelsFirst');
};

/** The gradient's rows of filters, [batch, rows, filters], and where in them each place of the output is. */
function gradientRows(
  { graph, values }: LoweringInput,
  g: Tensor,
): { readonly name: string; readonly count: number; readonly at: (row: number, column: number) => number } {
  const [batch = 1, rows = 1, columns = 1, filters = 1] = g.shape,
    windows = values.windows(g);
  if (windows?.order !== 'imagesFirst') {
    const name = graph.node('Reshape', [values.get(g), graph.integers([batch, rows * columns, filters])]);
    return { name, count: rows * columns, at: (row, column) => row * columns + column };
  }
  const { tiling, places } = windows,
    [height = 1, width = 1] = tiling.size,
    each = tiling.rows * tiling.columns;
  const pieces = places.map((place) => graph.node('Reshape', [place, graph.integers([batch, each, filters])]));
  const at = (row: number, column: number) => {
    const [windowRow, windowColumn] = [Math.floor(row / height), Math.floor(column / width)];
    if (windowRow >= tiling.rows || windowColumn >= tiling.columns) return -1;
    return ((row % height) * width + (column % width)) * each + windowRow * tiling.columns + windowColumn;
  };
  return { name: graph.node('Concat', pieces, { axis: 1 }), count: places.length * each, at };
}

/** For steps of one: each pixel's gradient is a product of the gradients of all places whose kernel lay over it. */
function inputGradientByPatches(input: LoweringInput, { dilations, pads }: Geometry): void {
  const { graph, values, output } = input,
    [kernel, g] = pairOf(input.inputs);
  const [batch = 1, rows = 1, columns = 1, channels = 1] = output.shape,
    [, gRows = 1, gColumns = 1, filters = 1] = g.shape,
    [height = 1, width = 1] = kernel.shape;
  const source = gradientRows(input, g),
    index: number[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let i = 0; i < height; i++)
        for (let j = 0; j < width; j++) {
          const row = y + (pads[0] as number) - i * (dilations[0] as number),
            column = x + (pads[1] as number) - j * (dilations[1] as number);
          index.push(row < 0 || column < 0 || row >= gRows || column >= gColumns ? -1 : source.at(row, column));
        }
  const gathered = gatherRows(graph, { name: source.name, shape: [batch, source.count, filters], axis: 1 }, index);
  const matrix = graph.node('Reshape', [gathered, graph.integers([-1, height * width * filters])]);
  const turned = graph.node('Reshape', [graph.node('Transpose', [values.get(kernel)], { perm: [0, 1, 3, 2] }), graph.integers([-1, channels])]);
  values.set(output, graph.node('Reshape', [graph.node('Gemm', [matrix, turned]), graph.integers(output.shape)]));
}

const conv2dInputGradient: Lowering = (input) => {
  const { graph, values, output } = input;
  const [kernel, g] = pairOf(input.inputs);
  const steps = sizeOf(listOf(input.instruction.attributes, 'strides'));
  const bytes = 4 * sizeOf(output.shape.slice(0, 3)) * sizeOf(kernel.shape.slice(0, 2)) * (g.shape[3] as number);
  if (steps === 1 && geometryOf(input).group === 1 && (g.shape[3] as number) > FEW_CHANNELS && bytes <= MOST_PATCH_BYTES)
    return inputGradientByPatches(input, geometryOf(input));
  const { strides, pads, dilations, group } = geometryOf(input);
  // What the strides left over at the end: rows that no window reached.
  const rest = [0, 1].map((axis) => {
    const covered = ((g.shape[axis + 1] as number) - 1) * (strides[axis] as number) + ((kernel.shape[axis] as number) - 1) * (dilations[axis] as number) + 1;
    return (output.shape[axis + 1] as number) + (pads[axis] as number) + (pads[axis + 2] as number) - covered;
  });
  const weights = graph.node('Transpose', [values.get(kernel)], { perm: OIHW });
  const attributes = { strides, pads, dilations, group, output_padding: rest, kernel_shape: kernel.shape.slice(0, 2) };
  values.set(output, graph.node('ConvTranspose', [values.get(g, 'channelsFirst'), weights], attributes), 'channelsFirst');
};

interface Shifted {
  readonly graph: GraphWriter;
  readonly x: string;
  readonly rows: number;
  readonly columns: number;
  readonly geometry: Geometry;
}

/** The part of the padded input that meets one place of the kernel, one row per place of the output. */
function shiftedSlice({ graph, x, rows, columns, geometry: { strides, dilations } }: Shifted, row: number, column: number): string {
  const [sy = 1, sx = 1] = strides,
    [dy = 1, dx = 1] = dilations;
  const start = [row * dy, column * dx],
    end = [row * dy + (rows - 1) * sy + 1, column * dx + (columns - 1) * sx + 1];
  return graph.node('Slice', [x, graph.integers(start), graph.integers(end), graph.integers([1, 2]), graph.integers([sy, sx])]);
}

/** Σ over all places of sliceᵀ · g, for one place of the kernel: [depth, filters]. */
function productsOf(graph: GraphWriter, slice: string, g: string, channels: number, filters: number, group: number): string {
  const flat = graph.node('Reshape', [slice, graph.integers([-1, channels])]);
  if (group === 1) return graph.node('Gemm', [flat, g], { transA: 1 });
  const multiplier = filters / group;
  if (channels === group) {
    // Depthwise: no sum over channels, so an element-wise product summed over the places.
    const a = graph.node('Reshape', [flat, graph.integers([-1, group, 1])]),
      b = graph.node('Reshape', [g, graph.integers([-1, group, multiplier])]);
    return graph.node('ReduceSum', [graph.node('Reshape', [graph.node('Mul', [a, b]), graph.integers([-1, 1, filters])]), graph.integers([0])], {
      keepdims: 0,
    });
  }
  const parts = graph.nodes('Split', [flat], { axis: 1, num_outputs: group }, group),
    gradients = graph.nodes('Split', [g], { axis: 1, num_outputs: group }, group);
  return graph.node(
    'Concat',
    parts.map((part, i) => graph.node('Gemm', [part, gradients[i] as string], { transA: 1 })),
    { axis: 1 },
  );
}

/** From the rows that the convolution gathered, where it did: null else. */
function kernelGradientByPatches(input: LoweringInput, geometry: Geometry): string | null {
  const { graph, values, output } = input,
    [x, g] = pairOf(input.inputs),
    [, rows = 1, columns = 1, filters = 1] = g.shape;
  const windows = values.windows(g),
    order = windows?.order ?? 'imagesFirst',
    reach = reachOf(output.shape, geometry);
  const known = (place: Places) => values.isMade(patchesKey(x, reach, place, order));
  const product = (place: Places, gradient: string, sum: string[] = []) =>
    graph.node('Gemm', [patches(graph, values, x, reach, place, order), gradient, ...sum], { transA: order === 'imagesFirst' ? 1 : 0 });
  const all = everyPlace(rows, columns),
    places = windows ? placesOf(windows.tiling) : [];
  if (windows && places.every(known)) return places.reduce<string>((sum, place, i) => product(place, windows.places[i] as string, sum ? [sum] : []), '');
  return known(all) ? product(all, graph.node('Reshape', [values.get(g), graph.integers([-1, filters])])) : null;
}

const conv2dKernelGradient: Lowering = (input) => {
  const { graph, values, output } = input;
  const [x, g] = pairOf(input.inputs);
  const geometry = geometryOf(input);
  const gathered = kernelGradientByPatches(input, geometry);
  if (gathered) return values.set(output, graph.node('Reshape', [gathered, graph.integers(output.shape)]));
  const [top = 0, left = 0, bottom = 0, right = 0] = geometry.pads;
  const padded = geometry.pads.every((pad) => pad === 0)
    ? values.get(x)
    : graph.node('Pad', [values.get(x), graph.integers([0, top, left, 0, 0, bottom, right, 0])]);
  const [rows, columns, depth, filters] = output.shape as readonly [number, number, number, number];
  const channels = x.shape[3] as number;
  const shifted = { graph, x: padded, rows: g.shape[1] as number, columns: g.shape[2] as number, geometry };
  const places = Array.from({ length: rows * columns }, (_, i) => shiftedSlice(shifted, Math.floor(i / columns), i % columns));
  const flatGradient = graph.node('Reshape', [values.get(g), graph.integers([-1, filters])]);
  const whole = geometry.group === 1 && channels <= FEW_CHANNELS;
  const products = whole
    ? graph.node('Gemm', [graph.node('Reshape', [graph.node('Concat', places, { axis: 3 }), graph.integers([-1, rows * columns * channels])]), flatGradient], {
        transA: 1,
      })
    : graph.node(
        'Concat',
        places.map((slice) => productsOf(graph, slice, flatGradient, channels, filters, geometry.group)),
        { axis: 0 },
      );
  values.set(output, graph.node('Reshape', [products, graph.integers([rows, columns, depth, filters])]));
};

export const convolutionLowerings = { conv2d, conv2dInputGradient, conv2dKernelGradient } satisfies Record<string, Lowering>;
