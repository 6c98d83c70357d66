// What the augmentation layers share: parameters, random numbers per image, and their words in Keras' files. No layer itself.

import { choice, number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type LayerContext, inputOfRank } from '../layer.ts';
import { imageWords } from '../windows.ts';

/** The images of a batch. @throws LayerError */
export const imagesOf = (inputs: readonly Tensor[]): Tensor =>
  inputOfRank(inputs, 3, imageWords, 'It changes images, so it must know what rows, columns and channels are.');

/** What every augmentation says of itself. */
export const onlyInTraining =
  'Works only while training: every image is changed afresh in each epoch, reproducibly from the run’s seed. When predicting it does nothing.';

const fillModeField = () =>
  choice({
    label: 'Fill mode',
    help: 'What is seen behind the border of the image.',
    choices: [
      { value: 'reflect', label: 'reflect', help: 'The image mirrored at its edge: dcba|abcd|dcba.' },
      { value: 'wrap', label: 'wrap', help: 'The image again from its other side: abcd|abcd|abcd.' },
      { value: 'constant', label: 'constant', help: 'The fill value: kkkk|abcd|kkkk.' },
      { value: 'nearest', label: 'nearest', help: 'The last pixel goes on: aaaa|abcd|dddd.' },
    ],
    level: 'advanced',
    default: 'reflect',
  });
const interpolationField = () =>
  choice({
    label: 'Interpolation',
    help: 'What stands between the old pixels.',
    choices: [
      { value: 'bilinear', label: 'bilinear', help: 'A straight line between the nearest old pixels.' },
      { value: 'nearest', label: 'nearest', help: 'The value of the nearest old pixel.' },
    ],
    default: 'bilinear',
    look: 'segments',
    level: 'advanced',
  });
export const lookingFields = {
  fillMode: fillModeField(),
  interpolation: interpolationField(),
  fillValue: number({
    label: 'Fill value',
    help: 'What stands behind the border where the fill mode is constant.',
    min: -1000,
    max: 1000,
    level: 'advanced',
    default: 0,
  }),
};

/** How far pixel values reach. Keras’ own default is 0 to 255; here images come as 0 to 1. */
export const valueRangeFields = {
  valueLow: number({ label: 'Lowest value', help: 'The value of black. Images come here as 0 to 1.', min: -1000, max: 1000, level: 'advanced', default: 0 }),
  valueHigh: number({ label: 'Highest value', help: 'The value of white. Images come here as 0 to 1.', min: -1000, max: 1000, level: 'advanced', default: 1 }),
};

export type Range = readonly [lower: number, upper: number];

/** What Keras writes for every augmentation. A seed is not carried: ours comes from the run. */
export const augmentingExtra = { data_format: 'channels_last', seed: null };

/** A number for each image of the batch, uniform between the ends, of the shape [batch, 1, 1, …]. */
export function drawn(context: LayerContext, shape: readonly number[], [first, second]: Range): Tensor {
  const { builder } = context;
  const lower = Math.min(first, second),
    upper = Math.max(first, second);
  return builder.add(builder.multiply(context.random('uniform', shape), builder.constant(upper - lower)), builder.constant(lower));
}

/** A pair in Keras' files, written as two numbers or as one for both sides. @param single what Keras makes of one number */
export function rangeOfKeras(value: unknown, single: (size: number) => Range): Range | null {
  if (typeof value === 'number') return single(Math.abs(value));
  const isPair = Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
  return isPair ? (value as unknown as Range) : null;
}
/** As Keras takes one number: so far to both sides. */
export const bothSides = (size: number): Range => [-size, size];

/** `±0.1`, or both ends. */
export const rangeWords = (lower: number, upper: number): string =>
  lower === -upper ? `±${upper}` : `${String(lower).replace('-', '−')} … ${String(upper).replace('-', '−')}`;

interface ValueRange {
  readonly valueLow: number;
  readonly valueHigh: number;
}
/** The value range in Keras' files, which say 0 to 255 where they say nothing. */
export function valueRangeOfKeras(value: unknown): ValueRange | null {
  const [valueLow, valueHigh] = rangeOfKeras(value ?? [0, 255], bothSides) ?? [];
  return valueLow === undefined || valueHigh === undefined ? null : { valueLow, valueHigh };
}
/** Values cut off at the ends of their range. */
export function withinRange({ builder }: LayerContext, x: Tensor, { valueLow, valueHigh }: ValueRange): Tensor {
  return builder.minimum(builder.maximum(x, builder.constant(valueLow)), builder.constant(valueHigh));
}
