// The kernel gradient as one of ONNX Runtime's blocked convolutions: the images are its channels, the output's gradient is its kernel. A row of
// pixels times channels is one long row of the picture it reads, so that a step of the kernel's columns is as long as there are channels, and its
// output has the gradient of every column and channel side by side. Two to three times faster than a product for each place of the kernel.

import type { GraphWriter } from '../graphWriter.ts';
import type { LoweringInput } from '../lowering.ts';
import { blockedDomain } from './blocks.ts';
import { type Geometry, pairOf } from './geometry.ts';

/** Bytes of the part of the gradient that is a kernel at once: half of what the second cache of a core holds, or it is read from memory again and again. */
const TILE_BYTES = 2 ** 18;
/** The most filters that the operator works on at once, in blocks. */
const FILTER_BLOCKS = 4;

interface Sizes {
  /** Channels in a block, and images in one. */
  readonly block: number;
  readonly images: number;
  /** Of the gradient. */
  readonly rows: number;
  readonly columns: number;
  readonly filters: number;
  /** Of the kernel. */
  readonly height: number;
  readonly width: number;
  /** The picture's channels lie `wide` side by side, `parts` times one after another: all together, or in blocks. */
  readonly wide: number;
  readonly parts: number;
  /** Rows of the gradient that are one kernel. */
  readonly tile: number;
}

/** Whether images and filters fill whole blocks, and columns of the kernel lie side by side. */
export function gradientFitsBlocks(block: number, { group, dilations }: Geometry, g: readonly number[], kernel: readonly number[]): boolean {
  const [images = 1, , , filters = 1] = g;
  return block > 0 && group === 1 && images % block === 0 && filters % block === 0 && (kernel[1] === 1 || dilations[1] === 1);
}

/** The most rows that divide the gradient evenly and fit; all, where that leaves less than the kernel is high. */
function tileOf(rows: number, height: number, rowBytes: number): number {
  for (let tile = rows; tile >= height; tile--) if (rows % tile === 0 && tile * rowBytes <= TILE_BYTES) return tile;
  return rows;
}

function sizesOf({ values, inputs, output }: LoweringInput): Sizes {
  const [x, g] = pairOf(inputs),
    [images = 1, rows = 1, columns = 1, filters = 1] = g.shape,
    [height = 1, width = 1, channels = 1] = output.shape,
    block = values.channelBlock;
  const inBlocks = channels > block && values.has(x, 'blocked') && !values.has(x, 'channelsLast');
  const wide = inBlocks ? block : channels;
  const tile = tileOf(rows, height, 4 * columns * block * Math.min(filters, FILTER_BLOCKS * block));
  return { block, images, rows, columns, filters, height, width, wide, parts: channels / wide, tile };
}

/** The picture with its images innermost, a block of them in each pixel: [parts, images · tiles, rows of a tile, columns · wide]. */
function pictures({ graph, values, inputs }: LoweringInput, { strides, pads, dilations }: Geometry, s: Sizes): string {
  const [x] = pairOf(inputs),
    [, fullRows = 1, fullColumns = 1] = x.shape,
    [stepRows = 1, stepColumns = 1] = strides,
    [top = 0, left = 0] = pads;
  const under = (count: number, step: number, reach: number) => (count - 1) * step + reach;
  const reach = (s.height - 1) * (dilations[0] as number) + 1,
    high = under(s.rows, stepRows, reach),
    broad = under(s.columns, stepColumns, s.width);
  const borders = [0, 0, top, left, 0, 0, 0, high - top - fullRows, broad - left - fullColumns, 0];
  const image = graph.node('Reshape', [
    values.get(x, s.parts > 1 ? 'blocked' : 'channelsLast'),
    graph.integers([s.images, s.parts, fullRows, fullColumns, s.wide]),
  ]);
  const padded = borders.some((size) => size !== 0) ? graph.node('Pad', [image, graph.integers(borders)]) : image;
  const groups = s.images / s.block,
    length = broad * s.wide;
  const flat = graph.node('Reshape', [padded, graph.integers([groups, s.block, s.parts * high * length])]);
  const turned = graph.node('Reshape', [graph.node('Transpose', [flat], { perm: [0, 2, 1] }), graph.integers([groups, s.parts, high, length * s.block])]);
  const apart =
    s.parts > 1
      ? graph.node('Transpose', [turned], { perm: [1, 0, 2, 3] })
      : graph.node('Reshape', [turned, graph.integers([1, groups, high, length * s.block])]);
  const tiles = s.rows / s.tile,
    tileRows = under(s.tile, stepRows, reach);
  const rows = Array.from({ length: tiles * tileRows }, (_, i) => Math.floor(i / tileRows) * s.tile * stepRows + (i % tileRows));
  const tiled = tiles > 1 ? graph.node('Gather', [apart, graph.integers(rows)], { axis: 2 }) : apart;
  return graph.node('Reshape', [tiled, graph.integers([s.parts, s.images * tiles, tileRows, length])]);
}

/** The gradient as kernels, one for each block of images and tile of rows: [tiles · filters, images of a block, rows of a tile, columns]. */
function kernels({ graph, values, inputs }: LoweringInput, s: Sizes): string {
  const [, g] = pairOf(inputs),
    tiles = s.rows / s.tile,
    [groups, blocks] = [s.images / s.block, s.filters / s.block];
  const inBlocks = blocks > 1 && values.has(g, 'blocked');
  const shape = inBlocks ? [groups, s.block, blocks, tiles, s.tile * s.columns, s.block] : [groups, s.block, tiles, s.tile * s.columns, blocks, s.block];
  const apart = graph.node('Reshape', [values.get(g, inBlocks ? 'blocked' : 'channelsLast'), graph.integers(shape)]);
  const turned = graph.node('Transpose', [apart], { perm: inBlocks ? [0, 3, 2, 4, 1, 5] : [0, 2, 4, 3, 1, 5] });
  return graph.node('Reshape', [turned, graph.integers([groups * tiles * s.filters, s.block, s.tile, s.columns])]);
}

/** [parts, groups, filters / block, places of the kernel, wide, block] added up over the groups, as [places, channels, filters]. */
function collected(graph: GraphWriter, products: string, groups: number, s: Sizes): string {
  const blocks = s.filters / s.block,
    places = s.height * s.width;
  const sum = graph.node(
    'ReduceSum',
    [graph.node('Reshape', [products, graph.integers([s.parts, groups, s.filters * places * s.wide])]), graph.integers([1])],
    {
      keepdims: 0,
    },
  );
  const apart = graph.node('Reshape', [sum, graph.integers([s.parts, blocks, places, s.wide, s.block])]);
  return graph.node('Transpose', [apart], { perm: [2, 0, 3, 1, 4] });
}

export function kernelGradientBlocked(input: LoweringInput, geometry: Geometry): void {
  const { graph, values, output } = input,
    sizes = sizesOf(input),
    { block, images, rows, columns, tile, wide } = sizes;
  const group = (images / block) * (rows / tile);
  const attributes = {
    ...{ group, kernel_shape: [tile, columns], pads: [0, 0, 0, 0] },
    ...{ strides: [geometry.dilations[0] as number, 1], dilations: [geometry.strides[0] as number, (geometry.strides[1] as number) * wide] },
  };
  const products = graph.node('Conv', [pictures(input, geometry, sizes), kernels(input, sizes)], attributes, blockedDomain);
  values.set(output, graph.node('Reshape', [collected(graph, products, group, sizes), graph.integers(output.shape)]));
}
