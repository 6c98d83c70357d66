// What is done to every channel of a value alike: sums over all its pixels, and a factor and an offset for each channel. In blocks of channels
// factor, offset and another value to add are one pass over memory: a depthwise convolution by one pixel.

import { type Shape, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import type { Values } from '../values.ts';
import { blockedDomain, fillsBlocks } from './blocks.ts';

/** Sums go through memory in rows about this long: short rows cost the CPU more to keep account of than to add. */
const LONG_ROW = 1 << 14;
/** A vector is repeated until that many elements lie side by side. */
const LONG_VECTOR = 512;

/** How many rows of `columns` join to a longer one. */
function joined(rows: number, columns: number): number {
  let count = 1;
  while (rows % (2 * count) === 0 && 2 * count * columns <= LONG_ROW && rows > 4 * count) count *= 2;
  return count;
}

/** Σ over the rows of matrices [rows, columns]: a product with a row of ones, which is up to four times faster than ReduceSum on the CPU. */
function rowSums(graph: GraphWriter, x: string, matrices: Shape): string {
  const ones = graph.node('Expand', [graph.scalar(1), graph.integers([1, matrices.at(-2) as number])]);
  return graph.node('MatMul', [ones, graph.node('Reshape', [x, graph.integers(matrices)])]);
}

/** Σ over all axes but the last, of a value with channels last. */
function columnSums(graph: GraphWriter, x: string, shape: Shape): string {
  const columns = shape.at(-1) as number,
    rows = sizeOf(shape) / columns,
    count = joined(rows, columns);
  const long = rowSums(graph, x, [rows / count, count * columns]);
  return graph.node('Reshape', [count === 1 ? long : rowSums(graph, long, [count, columns]), graph.integers([columns])]);
}

/** Σ over all pixels of all images, of a value in blocks. */
function blockedSums(graph: GraphWriter, x: string, [images = 1, rows = 1, columns = 1, channels = 1]: Shape, block: number): string {
  const oneImage = rowSums(graph, x, [images, rows * columns * channels]);
  return graph.node('Reshape', [rowSums(graph, oneImage, [channels / block, rows * columns, block]), graph.integers([channels])]);
}

/** How much of a value's last axes a vector along the last one is repeated over beside it. */
export function repeatedOver(shape: Shape): Shape {
  let axis = shape.length - 1;
  while (axis > 1 && sizeOf(shape.slice(axis)) < LONG_VECTOR) axis--;
  return shape.slice(axis);
}

/** Works on values of one shape. */
export class Channels {
  private readonly values: Values;
  private readonly shape: Shape;
  private readonly blocked: boolean;

  /** @param first the value whose order in memory the others follow */
  constructor(values: Values, first: Tensor) {
    this.values = values;
    this.shape = first.shape;
    const alreadyBlocked = values.has(first, 'blocked') || first.shape[3] === values.channelBlock;
    this.blocked = fillsBlocks(values.channelBlock, first.shape) && alreadyBlocked;
  }

  get(tensor: Tensor): string {
    return this.values.get(tensor, this.blocked ? 'blocked' : 'channelsLast');
  }

  set(tensor: Tensor, name: string): void {
    this.values.set(tensor, name, this.blocked ? 'blocked' : 'channelsLast');
  }

  sums(name: string): string {
    const { graph, channelBlock } = this.values;
    return this.blocked ? blockedSums(graph, name, this.shape, channelBlock) : columnSums(graph, name, this.shape);
  }

  /** factor · x + offset + plus, a factor and an offset for each channel; null: none. `plus` is not used after this. */
  scaled(x: string, factor: string | null, offset: string | null, plus: string | null = null): string {
    return this.blocked ? this.depthwise(x, factor, offset, plus) : this.pieceByPiece(x, factor, offset, plus);
  }

  private depthwise(x: string, factor: string | null, offset: string | null, plus: string | null): string {
    const { graph } = this.values,
      channels = this.shape[3] as number;
    const ones = () => this.values.once(`ones/${channels}`, () => graph.constant('float32', [channels, 1, 1, 1], new Float32Array(channels).fill(1)));
    const kernel = factor ? graph.node('Reshape', [factor, graph.integers([channels, 1, 1, 1])]) : ones();
    const inputs = [x, kernel, ...(offset || plus ? [offset ?? ''] : []), ...(plus ? [plus] : [])];
    const attributes = { group: channels, kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] };
    return graph.node('Conv', inputs, attributes, blockedDomain);
  }

  private pieceByPiece(x: string, factor: string | null, offset: string | null, plus: string | null): string {
    const { graph } = this.values;
    const repeated = (vector: string) => graph.node('Expand', [vector, graph.integers(repeatedOver(this.shape))]);
    const product = factor ? graph.node('Mul', [x, repeated(factor)]) : x;
    const moved = offset ? graph.node('Add', [product, repeated(offset)]) : product;
    return plus ? graph.node('Add', [moved, plus]) : moved;
  }
}
