// What the layers that give images of a fixed size share: cutting a part out, and shrinking or enlarging it. No layer itself.

import { integer } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type Interpolation, resized } from '../reshaping/enlarge.ts';

export interface Frame {
  readonly height: number;
  readonly width: number;
}

const side = { min: 1, max: 10_000, sliderMax: 256 };
export const frameFields = {
  height: integer({ ...side, label: 'Height', help: 'Rows of the result.', default: 28 }),
  width: integer({ ...side, label: 'Width', help: 'Columns of the result.', default: 28 }),
};

/** Cuts a part out of every image. */
export function cutOut(builder: Builder, images: Tensor, top: number, left: number, { height, width }: Frame): Tensor {
  const [batch = 1, , , channels = 1] = images.shape;
  return builder.slice(images, { begin: [0, top, left, 0], size: [batch, height, width, channels] });
}

/** Brings images to the frame's size, whatever that does to their proportions. */
export const resizedTo = (builder: Builder, images: Tensor, { height, width }: Frame, interpolation: Interpolation, antialias = false): Tensor =>
  resized(builder, resized(builder, images, 1, height, interpolation, antialias), 2, width, interpolation, antialias);

/** Where the largest part from the middle lies that has the frame's proportions; sizes are cut to whole pixels as Keras does. */
export function proportionalPart({ shape: [, rows = 1, columns = 1] }: Tensor, frame: Frame): Frame & { readonly top: number; readonly left: number } {
  const limited = (size: number, most: number) => Math.max(Math.min(most, Math.trunc(Math.fround(size))), 1);
  const height = limited((columns * frame.height) / frame.width, rows),
    width = limited((rows * frame.width) / frame.height, columns);
  return { top: Math.trunc((rows - height) / 2), left: Math.trunc((columns - width) / 2), height, width };
}

/** That part. */
export function inProportion(builder: Builder, images: Tensor, frame: Frame): Tensor {
  const part = proportionalPart(images, frame);
  return cutOut(builder, images, part.top, part.left, part);
}
