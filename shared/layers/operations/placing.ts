// Operations that choose places or put values there: one-hot rows, triangles, picking along an axis, patches of images, and where gradients end.

import { choice, integer, optionalPair, pair } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { LayerError, sampleShape } from '../layer.ts';
import { numberList, numbersIn } from '../preprocessing/numberList.ts';
import { axisField, axisOf, tensorOperation } from './contract.ts';

export const oneHot = tensorOperation({
  id: 'oneHot',
  title: 'one_hot',
  help: 'Each whole number becomes a row with 1 at its place and 0 elsewhere, along a new last axis.',
  fields: { numClasses: integer({ label: 'Classes', help: 'How long a row is. A number outside gives zeros.', min: 1, max: 1_000_000, default: 10 }) },
  lower: (builder, x, { numClasses }) => [builder.oneHot(x.dtype === 'int32' ? x : builder.cast(x, { dtype: 'int32' }), { depth: numClasses })],
  keras: ({ numClasses }) => ({ module: 'nn', className: 'OneHot', config: { num_classes: numClasses, axis: -1, dtype: 'float32', sparse: false } }),
});

const triangular = (id: 'tril' | 'triu', help: string) =>
  tensorOperation({
    id,
    title: id,
    help,
    fields: { k: integer({ label: 'k', help: 'Which diagonal is the border: 0 the main one, 1 the one above it.', min: -10_000, max: 10_000, default: 0 }) },
    lower(builder, x, { k }) {
      if (x.shape.length < 3) throw new LayerError({ code: 'rank', input: 0, what: `It needs rows and columns, but gets ${sampleShape(x)}.` });
      const [rows, columns] = x.shape.slice(-2) as [number, number];
      const isKept = (row: number, column: number) => (id === 'tril' ? column - row <= k : column - row >= k);
      const mask = Array.from({ length: rows * columns }, (_, i) => (isKept(Math.floor(i / columns), i % columns) ? 1 : 0));
      return [builder.multiply(x, builder.constant(mask, [rows, columns]))];
    },
    keras: ({ k }) => ({ module: 'numpy', className: id === 'tril' ? 'Tril' : 'Triu', config: { k } }),
  });

export const tril = triangular('tril', 'Of rows and columns what stands on the diagonal and below it; the rest becomes 0.');
export const triu = triangular('triu', 'Of rows and columns what stands on the diagonal and above it; the rest becomes 0.');

export const take = tensorOperation({
  id: 'take',
  title: 'take',
  help: 'Places along the axis, in the order given, as often as they are named.',
  fields: {
    indices: numberList({
      label: 'Places',
      help: 'Counted from 0; negative ones from the end.',
      placeholder: '0, 2, 1',
      accepts: Number.isInteger,
      default: '0',
    }),
    axis: axisField(),
  },
  lower(builder, x, { indices, axis }) {
    const place = axisOf(x, axis),
      size = x.shape[place] as number;
    const places = numbersIn(indices).map((one) => (one < 0 ? one + size : one));
    const strange = places.find((one) => one < 0 || one >= size);
    if (places.length === 0) throw new LayerError({ code: 'indices', parameter: 'operation', what: 'It takes no place. Name one at least.' });
    if (strange !== undefined)
      throw new LayerError({
        code: 'indices',
        parameter: 'operation',
        input: 0,
        what: `Place ${strange} is asked for, but there are ${size}, counted from 0.`,
      });
    const swap = x.shape.map((_, i) => (i === place ? 0 : i === 0 ? place : i));
    const rows = builder.transpose(x, { permutation: swap });
    const taken = builder.gather(rows, builder.constant(Int32Array.from(places), [places.length], 'int32'));
    return [builder.transpose(taken, { permutation: swap })];
  },
  keras: ({ indices, axis }) => ({ module: 'numpy', className: 'Take', config: { axis }, args: [numbersIn(indices)] }),
});

/** Patches side by side: only the shape changes. */
function tiles(builder: Builder, x: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const [down, across] = [Math.floor(rows / height), Math.floor(columns / width)];
  const whole = builder.slice(x, { begin: [0, 0, 0, 0], size: [batch, down * height, across * width, channels] });
  const apart = builder.reshape(whole, { shape: [batch, down, height, across, width * channels] });
  return builder.reshape(builder.transpose(apart, { permutation: [0, 1, 3, 2, 4] }), { shape: [batch, down, across, height * width * channels] });
}

export const extractPatches = tensorOperation({
  id: 'extractPatches',
  title: 'extract_patches',
  help: 'Cuts images into patches: at each place the pixels of one, with all their channels, as one row.',
  fields: {
    size: pair({ label: 'Size', help: 'Rows and columns of a patch.', min: 1, max: 1000, default: [4, 4] }),
    strides: optionalPair({
      label: 'Strides',
      help: 'From one patch to the next. Left empty: the size, so that none overlap.',
      min: 1,
      max: 1000,
      default: null,
    }),
    padding: choice({
      label: 'Padding',
      help: '“valid” takes whole patches alone, “same” adds zeros around.',
      choices: [
        { value: 'valid', label: 'valid' },
        { value: 'same', label: 'same' },
      ],
      default: 'valid',
    }),
  },
  lower(builder, x, { size, strides, padding }) {
    if (x.shape.length !== 4)
      throw new LayerError({ code: 'rank', input: 0, what: `It needs images (rows × columns × channels), but gets ${sampleShape(x)}.` });
    const [rows, columns, channels] = x.shape.slice(1) as [number, number, number];
    if (padding === 'valid' && (size[0] > rows || size[1] > columns))
      throw new LayerError({
        code: 'kernel-too-large',
        parameter: 'operation',
        input: 0,
        what: `A patch of ${size[0]} × ${size[1]} is larger than the image, ${rows} × ${columns}.`,
      });
    const steps = strides ?? size;
    const isTiling = steps[0] === size[0] && steps[1] === size[1];
    if (isTiling && (padding === 'valid' || (rows % size[0] === 0 && columns % size[1] === 0))) return [tiles(builder, x, size)];
    const width = size[0] * size[1] * channels;
    if (width > 4096)
      throw new LayerError({
        code: 'too-large',
        parameter: 'operation',
        input: 0,
        what: `Patches that overlap may have up to 4096 values, but these have ${width}.`,
      });
    const one = Array.from({ length: width * width }, (_, i) => (Math.floor(i / width) === i % width ? 1 : 0));
    const kernel = builder.constant(one, [size[0], size[1], channels, width]);
    return [builder.conv2d(x, kernel, { strides: steps, dilations: [1, 1], padding: paddingOf(padding, [rows, columns], size, steps), groups: 1 })];
  },
  keras: ({ size, strides, padding }) => ({
    module: 'image',
    className: 'ExtractPatches',
    config: { size, strides: strides ?? size, dilation_rate: 1, padding, data_format: 'channels_last' },
  }),
});

/** Rows before and after, columns before and after, as TensorFlow adds them. */
function paddingOf(padding: 'valid' | 'same', sizes: readonly number[], kernel: readonly number[], strides: readonly number[]): number[] {
  return sizes.flatMap((size, i) => {
    const [width, step] = [kernel[i] as number, strides[i] as number];
    const all = padding === 'valid' ? 0 : Math.max(0, (Math.ceil(size / step) - 1) * step + width - size);
    return [Math.floor(all / 2), Math.ceil(all / 2)];
  });
}

export const stopGradient = tensorOperation({
  id: 'stopGradient',
  title: 'stop_gradient',
  help: 'Hands on what comes in, but no gradient comes back through it: nothing before it learns by what follows.',
  fields: {},
  lower: (builder, x) => [builder.stopGradient(x)],
  keras: () => ({ module: 'core', className: 'StopGradient', config: {} }),
});

const listed = (label: string, help: string) => numberList({ label, help, placeholder: '0.1, 0.2, 0.3', default: '0' });

/** As many numbers as the shape has places. @throws LayerError for another count */
function numbersFor(values: string, shape: readonly number[]): Float32Array {
  const numbers = numbersIn(values);
  if (numbers.length === sizeOf(shape)) return Float32Array.from(numbers);
  throw new LayerError({ code: 'values', parameter: 'operation', what: `${sizeOf(shape)} values are needed, but there are ${numbers.length}.` });
}

export { listed, numbersFor };
