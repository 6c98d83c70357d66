// Convolution and pooling over depth, rows and columns, written with the operations for images: the depth is laid into the channels,
// or taken after rows and columns. So every engine that knows images knows volumes. No layer itself.

import { optionalTriple, type Triple, triple, type Values } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Shape, Tensor } from '../tensor/types.ts';
import { sizeWords } from './convolution/convolving.ts';
import { inputOfRank, LayerError } from './layer.ts';
import { type Padding, paddingField, reach, samePadding } from './windows.ts';

export const volumeWords = 'a volume of depth × rows × columns × channels';
export const volumeWhy =
  'The window slides over depth, rows and columns, so it must know which values are neighbours. A Reshape layer before it can give flat values their places.';

export interface VolumeWindow {
  readonly size: Triple;
  readonly strides: Triple;
  readonly dilations: Triple;
  readonly padding: Padding;
  /** The parameter that sets the size, in code and in words: `kernelSize`, `kernel size`. */
  readonly parameter: string;
  readonly words: string;
}
type Ends = readonly [before: number, after: number];
export type VolumePadding = readonly [depth: Ends, rows: Ends, columns: Ends];

/** What is added at the ends of depth, rows and columns of [batch, depth, rows, columns, channels]. @throws LayerError where the window does not fit */
export function volumePadding(input: Shape, window: VolumeWindow): VolumePadding {
  const sizes = input.slice(1, 4);
  const wide = window.size.map((size, axis) => reach(size, window.dilations[axis] as number));
  if (window.padding === 'valid' && wide.some((length, axis) => length > (sizes[axis] as number))) throw tooLarge(sizes, wide, window);
  const ends = (axis: number): Ends =>
    window.padding === 'valid' ? [0, 0] : samePadding(sizes[axis] as number, wide[axis] as number, window.strides[axis] as number);
  return [ends(0), ends(1), ends(2)];
}

function tooLarge(sizes: readonly number[], wide: readonly number[], window: VolumeWindow): LayerError {
  const fitting = window.size.map((size, axis) => Math.min(size, Math.floor(((sizes[axis] as number) - 1) / (window.dilations[axis] as number)) + 1));
  const covers = Math.max(...window.dilations) > 1 ? `, spread by dilation over ${wide.join(' × ')},` : '';
  return new LayerError({
    code: 'window-too-large',
    input: 0,
    parameter: window.parameter,
    what: `The ${window.words} of ${sizeWords(window.size)}${covers} is larger than the input of ${sizes.join(' × ')}.`,
    why: 'With padding “valid” the whole window must lie inside the volume, and here there is no place for it.',
    repairs: [
      { label: 'Set padding to “same”', parameters: { padding: 'same' } },
      { label: `Set ${window.words} to ${fitting.join(' × ')}`, parameters: { [window.parameter]: fitting } },
    ],
  });
}

export interface VolumeGeometry {
  readonly strides: Triple;
  readonly dilations: Triple;
  readonly padding: VolumePadding;
}

const flatPadding = ([, rows, columns]: VolumePadding): readonly number[] => [...rows, ...columns];
const ofImage = <T>([, rows, columns]: readonly [T, T, T]): readonly [T, T] => [rows, columns];

/** x [batch, depth, rows, columns, channels] with a kernel [depth, rows, columns, channels / groups, filters]. */
export function convolveVolume(builder: Builder, x: Tensor, kernel: Tensor, o: VolumeGeometry & { readonly groups: number }): Tensor {
  const [batch, length, rows, columns, channels] = x.shape as [number, number, number, number, number];
  const [taps, height, width, own, filters] = kernel.shape as [number, number, number, number, number];
  const [before, after] = o.padding[0];
  const out = Math.floor((length + before + after - reach(taps, o.dilations[0])) / o.strides[0]) + 1;
  const parts = depthTaps(builder, x, { taps, out, stride: o.strides[0], dilation: o.dilations[0], before });
  // Side by side within each group of channels, in the order of the kernel's taps.
  const grouped = parts.map((part) => builder.reshape(part, { shape: [batch * out, rows, columns, o.groups, 1, own] }));
  const joined = grouped.length === 1 ? (grouped[0] as Tensor) : builder.concat(...grouped, { axis: 4 });
  const image = builder.reshape(joined, { shape: [batch * out, rows, columns, taps * channels] });
  const flat = builder.reshape(builder.transpose(kernel, { permutation: [1, 2, 0, 3, 4] }), { shape: [height, width, taps * own, filters] });
  const attributes = { strides: ofImage(o.strides), dilations: ofImage(o.dilations), padding: flatPadding(o.padding), groups: o.groups };
  const answer = builder.conv2d(image, flat, attributes);
  return builder.reshape(answer, { shape: [batch, out, ...answer.shape.slice(1)] });
}

interface DepthWalk {
  readonly taps: number;
  readonly out: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** For every tap of the kernel the slices of depth it meets, one for each place of the result. */
function depthTaps(builder: Builder, x: Tensor, { taps, out, stride, dilation, before }: DepthWalk): readonly Tensor[] {
  const [batch, length, ...rest] = x.shape as [number, number, ...number[]];
  const none = rest.map(() => 0);
  const needed = (taps - 1) * dilation + out * stride;
  const after = Math.max(0, needed - before - length);
  const padded = before + after === 0 ? x : builder.pad(x, { before: [0, before, ...none], after: [0, after, ...none] });
  return Array.from({ length: taps }, (_, tap) => {
    const met = builder.slice(padded, { begin: [0, tap * dilation, ...none], size: [batch, out * stride, ...rest] });
    if (stride === 1) return met;
    const inStrides = builder.reshape(met, { shape: [batch, out, stride, ...rest] });
    const first = builder.slice(inStrides, { begin: [0, 0, 0, ...none], size: [batch, out, 1, ...rest] });
    return builder.reshape(first, { shape: [batch, out, ...rest] });
  });
}

/** The way back: every place of x puts its pattern into a volume of the given sizes. Kernel [depth, rows, columns, filters, channels]. */
export function spreadVolume(builder: Builder, x: Tensor, kernel: Tensor, o: VolumeGeometry & { readonly sizes: Triple }): Tensor {
  const [batch, length, rows, columns, channels] = x.shape as [number, number, number, number, number];
  const [taps, height, width, filters] = kernel.shape as [number, number, number, number];
  const [depth, outRows, outColumns] = o.sizes;
  const flat = builder.reshape(builder.transpose(kernel, { permutation: [1, 2, 0, 3, 4] }), { shape: [height, width, taps * filters, channels] });
  const image = builder.reshape(x, { shape: [batch * length, rows, columns, channels] });
  const spread = builder.conv2dInputGradient(flat, image, {
    strides: ofImage(o.strides),
    dilations: ofImage(o.dilations),
    padding: flatPadding(o.padding),
    inputShape: [batch * length, outRows, outColumns, taps * filters],
  });
  const parts = taps === 1 ? [spread] : builder.split(spread, { axis: 3, parts: taps });
  const stride = o.strides[0],
    before = o.padding[0][0];
  const canvas = Math.max((taps - 1) * o.dilations[0] + length * stride, before + depth);
  const sum = parts
    .map((part, tap) => {
      const apart = builder.pad(builder.reshape(part, { shape: [batch, length, 1, outRows, outColumns, filters] }), {
        before: [0, 0, 0, 0, 0, 0],
        after: [0, 0, stride - 1, 0, 0, 0],
      });
      const strided = builder.reshape(apart, { shape: [batch, length * stride, outRows, outColumns, filters] });
      const start = tap * o.dilations[0];
      return builder.pad(strided, { before: [0, start, 0, 0, 0], after: [0, canvas - start - length * stride, 0, 0, 0] });
    })
    .reduce((all, next) => builder.add(all, next));
  return builder.slice(sum, { begin: [0, before, 0, 0, 0], size: [batch, depth, outRows, outColumns, filters] });
}

export const volumePoolingFields = {
  poolSize: triple({ label: 'Pool size', help: 'Depth, rows and columns that become one value.', min: 1, max: 1000, default: [2, 2, 2] }),
  strides: optionalTriple({
    label: 'Stride',
    help: 'How far the window moves at each step. Automatic: by its own size, so that windows do not overlap.',
    min: 1,
    max: 1000,
    default: null,
  }),
  padding: paddingField(),
};
type PoolingParameters = Values<typeof volumePoolingFields>;

/** `2 × 2 × 2`, and the stride where it is not the window's own size. */
export function describeVolumePooling({ poolSize, strides }: PoolingParameters): string {
  return !strides || sizeWords(strides) === sizeWords(poolSize) ? sizeWords(poolSize) : `${sizeWords(poolSize)} · stride ${sizeWords(strides)}`;
}

type Pool = (image: Tensor, attributes: { size: readonly number[]; strides: readonly number[]; padding: readonly number[] }) => Tensor;

/** Pools rows and columns of every slice, then the depth: the largest of the largest, and the mean of means over windows of one size. @throws LayerError */
export function poolVolume(builder: Builder, inputs: readonly Tensor[], { poolSize, strides, padding }: PoolingParameters, pool: Pool): Tensor {
  const input = inputOfRank(inputs, 3 + 1, volumeWords, volumeWhy);
  const steps = strides ?? poolSize;
  const ends = volumePadding(input.shape, { size: poolSize, strides: steps, dilations: [1, 1, 1], padding, parameter: 'poolSize', words: 'pool size' });
  const [batch, depth, rows, columns, channels] = input.shape as [number, number, number, number, number];
  const flat = pool(builder.reshape(input, { shape: [batch * depth, rows, columns, channels] }), {
    size: ofImage(poolSize),
    strides: ofImage(steps),
    padding: flatPadding(ends),
  });
  const [, newRows, newColumns] = flat.shape as [number, number, number];
  const upright = pool(builder.reshape(flat, { shape: [batch, depth, newRows * newColumns, channels] }), {
    size: [poolSize[0], 1],
    strides: [steps[0], 1],
    padding: [...ends[0], 0, 0],
  });
  return builder.reshape(upright, { shape: [batch, upright.shape[1] as number, newRows, newColumns, channels] });
}

/** Keras writes the strides out. */
export const volumePoolingKeras = {
  extra: { data_format: 'channels_last' },
  toConfig: ({ poolSize, strides }: PoolingParameters) => ({ strides: strides ?? poolSize }),
};
