// Convolutions and their gradients by gathered rows (patches.ts): where to use them, and the products. With pooling right behind, one
// product for each place of its windows, so that neither has to move single pixels.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import type { LoweringInput } from '../lowering.ts';
import { type Geometry, pairOf, patchBytes } from './geometry.ts';
import { everyPlace, FEW_CHANNELS, gatherRows, MOST_PATCH_BYTES, type Places, patches, patchesKey, type Reach } from './patches.ts';
import type { Order, Tiling } from './windows.ts';

const reachOf = (kernel: readonly number[], { strides, dilations, pads }: Geometry): Reach => ({
  kernel: kernel.slice(0, 2),
  strides,
  dilations,
  before: pads.slice(0, 2),
});

/** The windows of the pooling that alone uses a convolution's output, if it does: windows side by side, without padding. */
export function poolingTiling({ output, usersOf }: LoweringInput): Tiling | null {
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

/** In which order rows are gathered for this convolution; null where ONNX Runtime's own convolution is the better way. */
export function orderFor({ strides, group }: Geometry, x: Tensor, kernel: Tensor, output: Tensor, tiling: Tiling | null): Order | null {
  const [batch = 1, , , channels = 1] = x.shape;
  if (group !== 1 || patchBytes(channels, kernel.shape, output.shape) > MOST_PATCH_BYTES || sizeOf(strides) > 4) return null;
  if (channels > FEW_CHANNELS) return 'imagesFirst';
  return tiling && batch > FEW_CHANNELS ? 'windowsFirst' : null;
}

/** The convolution as products of gathered rows: one for each place of the pooling's windows, or one for all. */
export function convolveByPatches(input: LoweringInput, geometry: Geometry, tiling: Tiling | null, order: Order): void {
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
export function inputGradientByPatches(input: LoweringInput, { dilations, pads }: Geometry): void {
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

/** From the rows that the convolution gathered, where it did: null else. */
export function kernelGradientByPatches(input: LoweringInput, geometry: Geometry): string | null {
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
