// What convolution and pooling share: windows that slide over rows and columns (NHWC). No operation itself.

import { ShapeError } from '../operation.ts';
import { formatShape, type Shape, type TensorType } from '../types.ts';
import { requireInteger, requireRank, requireType, sizeAt } from './shapes.ts';

/** `strides` and `size`: rows, columns. `padding`: top, bottom, left, right. */
export type PoolAttributes = { size: readonly number[]; strides: readonly number[]; padding: readonly number[] };

/** How many places a window has along one axis. @throws ShapeError */
function outputLength(length: number, window: number, stride: number, padding: number, what: string): number {
  if (window > length + padding)
    throw new ShapeError(`${what}: a window of ${window} does not fit into ${length}${padding > 0 ? ` with ${padding} of padding` : ''}.`);
  return Math.floor((length + padding - window) / stride) + 1;
}

/** @throws ShapeError unless the list has so many whole numbers of at least `least` */
export function requireList(list: readonly number[], count: number, least: number, what: string): void {
  if (list.length !== count) throw new ShapeError(`${what} needs ${count} numbers, but gets ${list.length}.`);
  for (const value of list) requireInteger(value, least, what);
}

/** Rows and columns that come out. */
export const outputArea = (input: Shape, window: readonly number[], strides: readonly number[], padding: readonly number[], what: string): [number, number] => [
  outputLength(sizeAt(input, 1), sizeAt(window, 0), sizeAt(strides, 0), sizeAt(padding, 0) + sizeAt(padding, 1), what),
  outputLength(sizeAt(input, 2), sizeAt(window, 1), sizeAt(strides, 1), sizeAt(padding, 2) + sizeAt(padding, 3), what),
];

/** The shape rule of pooling. @throws ShapeError */
export function pooledType(x: TensorType, { size, strides, padding }: PoolAttributes, what: string): TensorType {
  requireType(x, ['float32'], what);
  requireRank(x, 4, `The input of ${what}`);
  requireList(size, 2, 1, `${what}: size`);
  requireList(strides, 2, 1, `${what}: strides`);
  requireList(padding, 4, 0, `${what}: padding`);
  if (padding.some((border, side) => border >= sizeAt(size, side < 2 ? 0 : 1)))
    throw new ShapeError(`${what}: padding ${padding.join(', ')} must be smaller than the window ${formatShape(size)}.`);
  return { shape: [sizeAt(x.shape, 0), ...outputArea(x.shape, size, strides, padding, what), sizeAt(x.shape, 3)], dtype: 'float32' };
}

/** Calls `visit` for every output element with each input element its window covers, in row-major order of the window. */
export function visitWindows(input: Shape, output: Shape, { size, strides, padding }: PoolAttributes, visit: (output: number, input: number) => void): void {
  const [batch, rows, columns, channels] = output as [number, number, number, number];
  const height = sizeAt(input, 1),
    width = sizeAt(input, 2);
  for (let o = 0; o < batch * rows * columns * channels; o++) {
    const channel = o % channels,
      left = (Math.floor(o / channels) % columns) * sizeAt(strides, 1) - sizeAt(padding, 2);
    const top = (Math.floor(o / (channels * columns)) % rows) * sizeAt(strides, 0) - sizeAt(padding, 0);
    const image = Math.floor(o / (channels * columns * rows));
    for (let y = Math.max(top, 0); y < Math.min(top + sizeAt(size, 0), height); y++) {
      for (let x = Math.max(left, 0); x < Math.min(left + sizeAt(size, 1), width); x++) visit(o, ((image * height + y) * width + x) * channels + channel);
    }
  }
}
