// What upsampling and resizing layers share: repeating every place along an axis, and blending between places. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import { cubic, type Smooth, spread } from './smoothing.ts';
import { type Shape, sizeOf, type Tensor } from '../../tensor/types.ts';

/** Every element along an axis so many times, one after the other. */
export function repeated(builder: Builder, x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const { shape } = x;
  const at = (size: readonly number[]): Shape => [...shape.slice(0, axis + 1), ...size, ...shape.slice(axis + 1)];
  const wide = builder.broadcastTo(builder.reshape(x, { shape: at([1]) }), { shape: at([times]) });
  return builder.reshape(wide, { shape: shape.map((size, i) => (i === axis ? size * times : size)) });
}

/** Lines or curves between the centres of the places along an axis, so many times as many. */
export const blended = (builder: Builder, x: Tensor, axis: number, times: number, interpolation: Interpolation): Tensor =>
  resized(builder, x, axis, (x.shape[axis] as number) * times, interpolation);

export type Interpolation = 'bilinear' | 'nearest' | Smooth;

/** An axis brought to another number of places, as a product with a fixed matrix. Places are centres of equal parts of the same length; the ends are held. */
export function resized(builder: Builder, x: Tensor, axis: number, to: number, interpolation: Interpolation, antialias = false): Tensor {
  const { shape } = x;
  const from = shape[axis] as number;
  if (from === to) return x;
  const before = sizeOf(shape.slice(0, axis)),
    after = sizeOf(shape.slice(axis + 1));
  const weights = builder.constant(weightsOf(from, to, interpolation, antialias), [to, from]);
  const product = builder.matMul(weights, builder.reshape(x, { shape: [before, from, after] }));
  return builder.reshape(product, { shape: shape.map((size, i) => (i === axis ? to : size)) });
}

function weightsOf(from: number, to: number, interpolation: Interpolation, antialias: boolean): Float32Array {
  if (interpolation === 'nearest') return nearest(from, to);
  if (interpolation === 'bilinear' && !antialias) return blend(from, to);
  return interpolation === 'bicubic' && !antialias ? cubic(from, to) : spread(from, to, interpolation, antialias);
}

/** Row i: how much each old place counts for the new place i. */
function blend(from: number, to: number): Float32Array {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const place = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const low = Math.floor(place),
      share = place - low;
    weights[i * from + low] = 1 - share;
    if (share > 0) weights[i * from + low + 1] = share;
  }
  return weights;
}

/** Row i: 1 at the old place that the centre of the new place i lies in. */
function nearest(from: number, to: number): Float32Array {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) weights[i * from + Math.min(Math.floor(((i + 0.5) * from) / to), from - 1)] = 1;
  return weights;
}
