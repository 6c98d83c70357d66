// Where each pixel of a new image looks in the old one: moved coordinates, what lies behind the border, and blending between
// neighbours, as TensorFlow's ImageProjectiveTransformV3 defines them. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';

export type FillMode = 'reflect' | 'wrap' | 'constant' | 'nearest';
export interface Looking {
  readonly fillMode: FillMode;
  readonly fillValue: number;
  readonly interpolation: 'nearest' | 'bilinear';
}
/** Rows and columns, counted from the first pixel's centre; both stretch to [batch, rows, columns]. */
export interface Places {
  readonly row: Tensor;
  readonly column: Tensor;
}
/** Each number, [batch, 1, 1]: an old place is (a · column + b · row + c). */
export interface Affine {
  readonly column: readonly [Tensor, Tensor, Tensor];
  readonly row: readonly [Tensor, Tensor, Tensor];
}

const counted = (builder: Builder, length: number, shape: readonly number[]): Tensor =>
  builder.constant(
    Float32Array.from({ length }, (_, i) => i),
    shape,
  );

/** Where every pixel of an image of that size looks after an affine movement. */
export function affinePlaces(builder: Builder, rows: number, columns: number, { row, column }: Affine): Places {
  const x = counted(builder, columns, [1, 1, columns]),
    y = counted(builder, rows, [1, rows, 1]);
  const moved = ([a, b, c]: Affine['row']) => builder.add(builder.add(builder.multiply(a, x), builder.multiply(b, y)), c);
  return { row: moved(row), column: moved(column) };
}

/** Looks up every place of an image [batch, rows, columns, channels]. */
export function lookedUp(builder: Builder, images: Tensor, { row, column }: Places, o: Looking): Tensor {
  const [, rows = 1, columns = 1] = images.shape;
  const y = inside(builder, row, rows, o.fillMode),
    x = inside(builder, column, columns, o.fillMode);
  if (o.interpolation === 'nearest') return pixels(builder, images, { row: rounded(builder, y), column: rounded(builder, x) }, o);
  const top = builder.floor(y),
    left = builder.floor(x);
  const one = builder.constant(1);
  const line = (at: Tensor) =>
    between(
      builder,
      pixels(builder, images, { row: at, column: left }, o),
      pixels(builder, images, { row: at, column: builder.add(left, one) }, o),
      builder.subtract(x, left),
    );
  return between(builder, line(top), line(builder.add(top, one)), builder.subtract(y, top));
}

/** first · (1 − share) + second · share; the share has no axis of channels. */
function between(builder: Builder, first: Tensor, second: Tensor, share: Tensor): Tensor {
  const weight = builder.reshape(share, { shape: [...share.shape, 1] });
  return builder.add(builder.multiply(first, builder.subtract(builder.constant(1), weight)), builder.multiply(second, weight));
}

/** To the nearest whole number, halves away from 0. */
function rounded(builder: Builder, x: Tensor): Tensor {
  return builder.multiply(builder.sign(x), builder.floor(builder.add(builder.abs(x), builder.constant(0.5))));
}

const limited = (builder: Builder, x: Tensor, length: number): Tensor => builder.minimum(builder.maximum(x, builder.constant(0)), builder.constant(length - 1));

/** Brings places behind the border back, as the fill mode says; `constant` leaves them outside. */
function inside(builder: Builder, x: Tensor, length: number, mode: FillMode): Tensor {
  if (mode === 'constant') return x;
  if (mode === 'nearest' || length === 1) return limited(builder, x, length);
  return limited(builder, mode === 'reflect' ? reflected(builder, x, length) : wrapped(builder, x, length), length);
}

/** Mirrored at the outer edge of the last pixel, again and again: dcba|abcd|dcba. */
function reflected(builder: Builder, x: Tensor, length: number): Tensor {
  const period = builder.constant(2 * length);
  const size = builder.abs(x);
  const rest = builder.subtract(size, builder.multiply(period, builder.floor(builder.divide(size, period))));
  const isBefore = builder.cast(builder.less(x, builder.constant(0)), { dtype: 'float32' });
  const place = builder.subtract(rest, isBefore);
  return builder.minimum(place, builder.subtract(builder.constant(2 * length - 1), place));
}

/** From the start again behind the end: abcd|abcd|abcd. */
function wrapped(builder: Builder, x: Tensor, length: number): Tensor {
  const last = builder.constant(length - 1),
    whole = builder.constant(length),
    zero = builder.constant(0);
  const times = builder.floor(builder.divide(builder.abs(x), last));
  const fromBefore = builder.add(x, builder.multiply(whole, builder.add(times, builder.constant(1))));
  const fromBehind = builder.subtract(x, builder.multiply(whole, times));
  return builder.select(builder.less(x, zero), fromBefore, builder.select(builder.greater(x, last), fromBehind, x));
}

/** The pixels at whole places, [batch, rows, columns, channels]; outside: the fill value with `constant`, else the nearest (it then has no weight). */
function pixels(builder: Builder, images: Tensor, { row, column }: Places, { fillMode, fillValue }: Looking): Tensor {
  const [batch = 1, rows = 1, columns = 1, channels = 1] = images.shape;
  const whole = (at: Tensor, length: number) => builder.cast(limited(builder, at, length), { dtype: 'int32' });
  const start = builder.constant(
    Int32Array.from({ length: batch }, (_, sample) => sample * rows * columns),
    [batch, 1, 1],
    'int32',
  );
  const inImage = builder.add(builder.multiply(whole(row, rows), builder.constant(columns, [], 'int32')), whole(column, columns));
  const table = builder.reshape(images, { shape: [sizeOf([batch, rows, columns]), channels] });
  const found = builder.gather(table, builder.add(start, inImage));
  if (fillMode !== 'constant') return found;
  const isInside = builder.multiply(within(builder, row, rows), within(builder, column, columns));
  const share = builder.reshape(isInside, { shape: [...isInside.shape, 1] });
  const kept = builder.multiply(found, share);
  return fillValue === 0 ? kept : builder.add(kept, builder.multiply(builder.subtract(builder.constant(1), share), builder.constant(fillValue)));
}

/** 1 where a place is a pixel of the image, else 0. */
function within(builder: Builder, at: Tensor, length: number): Tensor {
  const isWithin = builder.logicalAnd(builder.greaterEqual(at, builder.constant(0)), builder.lessEqual(at, builder.constant(length - 1)));
  return builder.cast(isWithin, { dtype: 'float32' });
}
