// What conv2d and its two gradients share: the shape rule and the walk over all products. No operation itself.

import { ShapeError } from '../operation.ts';
import { type Shape, formatShape, sameShape, sizeOf, type TensorType } from '../types.ts';
import { requireRank, requireType, sizeAt } from './shapes.ts';
import { outputArea, requireList } from './window.ts';

/** `strides`, `dilations`: rows, columns. `padding`: top, bottom, left, right. */
export type ConvolutionAttributes = { strides: readonly number[]; padding: readonly number[]; dilations?: readonly number[]; groups?: number };
type Complete = Required<ConvolutionAttributes>;
export const convolutionDefaults = { dilations: [1, 1], groups: 1 } as const;

/** The kernel's size with the gaps that dilation puts into it. */
const dilated = (kernel: Shape, dilations: readonly number[]): [number, number] => [
  (sizeAt(kernel, 0) - 1) * sizeAt(dilations, 0) + 1,
  (sizeAt(kernel, 1) - 1) * sizeAt(dilations, 1) + 1,
];

/** The shape rule: x [batch, rows, columns, channels], kernel [rows, columns, channels / groups, filters]. @throws ShapeError */
export function convolvedType(x: TensorType, kernel: TensorType, { strides, padding, dilations, groups }: Complete): TensorType {
  for (const type of [x, kernel]) requireType(type, ['float32'], 'conv2d');
  requireRank(x, 4, 'The input of conv2d');
  requireRank(kernel, 4, 'The kernel of conv2d');
  requireList(strides, 2, 1, 'conv2d: strides');
  requireList(dilations, 2, 1, 'conv2d: dilations');
  requireList(padding, 4, 0, 'conv2d: padding');
  requireList([groups], 1, 1, 'conv2d: groups');
  const channels = sizeAt(x.shape, 3),
    filters = sizeAt(kernel.shape, 3);
  if (channels % groups !== 0 || filters % groups !== 0)
    throw new ShapeError(`conv2d cannot divide ${channels} channels and ${filters} filters into ${groups} groups.`);
  if (sizeAt(kernel.shape, 2) !== channels / groups) {
    throw new ShapeError(
      `conv2d: a kernel of ${formatShape(kernel.shape)} expects ${sizeAt(kernel.shape, 2) * groups} channels, but the input ${formatShape(x.shape)} has ${channels}.`,
    );
  }
  return { shape: [sizeAt(x.shape, 0), ...outputArea(x.shape, dilated(kernel.shape, dilations), strides, padding, 'conv2d'), filters], dtype: 'float32' };
}

/** @throws ShapeError unless g has the shape that conv2d gives */
export function requireConvolved(x: TensorType, kernel: TensorType, g: TensorType, attributes: Complete, what: string): void {
  const { shape } = convolvedType(x, kernel, attributes);
  if (!sameShape(shape, g.shape)) throw new ShapeError(`${what} expects a gradient of ${formatShape(shape)}, but gets ${formatShape(g.shape)}.`);
}

export const convolutionMultiplyAdds = (kernel: Shape, output: Shape): number => sizeOf(output) * sizeOf(kernel.slice(0, 3));

/** Calls `visit` with the places of input, kernel and output of every product that the convolution adds up. */
export function visitProducts(input: Shape, kernel: Shape, output: Shape, attributes: Complete, visit: (x: number, k: number, o: number) => void): void {
  const { strides, padding, dilations, groups } = attributes;
  const [, height, width, channels] = input as [number, number, number, number];
  const [kernelRows, kernelColumns, depth, filters] = kernel as [number, number, number, number];
  const [, rows, columns] = output as [number, number, number];
  for (let o = 0; o < sizeOf(output); o++) {
    const filter = o % filters,
      column = Math.floor(o / filters) % columns,
      row = Math.floor(o / (filters * columns)) % rows;
    const image = Math.floor(o / (filters * columns * rows)),
      firstChannel = Math.floor(filter / (filters / groups)) * depth;
    for (let tap = 0; tap < kernelRows * kernelColumns; tap++) {
      const y = row * sizeAt(strides, 0) - sizeAt(padding, 0) + Math.floor(tap / kernelColumns) * sizeAt(dilations, 0);
      const x = column * sizeAt(strides, 1) - sizeAt(padding, 2) + (tap % kernelColumns) * sizeAt(dilations, 1);
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      const at = ((image * height + y) * width + x) * channels + firstChannel;
      for (let c = 0; c < depth; c++) visit(at + c, (tap * depth + c) * filters + filter, o);
    }
  }
}

/** Adds up left[i] · right[j] at place k for all products. */
export function accumulate(length: number, walk: (add: (at: number, product: number) => void) => void): Float64Array {
  const result = new Float64Array(length);
  walk((at, product) => {
    result[at] = (result[at] as number) + product;
  });
  return result;
}
