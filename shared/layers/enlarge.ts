// What the upsampling layers share: repeating every place along an axis, and blending between places. No layer itself.

import type { Builder } from '../tensor/builder.ts';
import { type Shape, sizeOf, type Tensor } from '../tensor/types.ts';

/** Every element along an axis so many times, one after the other. */
export function repeated(builder: Builder, x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const { shape } = x;
  const at = (size: readonly number[]): Shape => [...shape.slice(0, axis + 1), ...size, ...shape.slice(axis + 1)];
  const wide = builder.broadcastTo(builder.reshape(x, { shape: at([1]) }), { shape: at([times]) });
  return builder.reshape(wide, { shape: shape.map((size, i) => (i === axis ? size * times : size)) });
}

/** Straight lines between the centres of the places along an axis, as a product with a fixed matrix; the ends are held. */
export function blended(builder: Builder, x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const { shape } = x;
  const from = shape[axis] as number,
    to = from * times;
  const before = sizeOf(shape.slice(0, axis)),
    after = sizeOf(shape.slice(axis + 1));
  const weights = builder.constant(blend(from, times), [to, from]);
  const product = builder.matMul(weights, builder.reshape(x, { shape: [before, from, after] }));
  return builder.reshape(product, { shape: shape.map((size, i) => (i === axis ? to : size)) });
}

/** Row i: how much each old place counts for the new place i. */
function blend(from: number, times: number): Float32Array {
  const weights = new Float32Array(from * times * from);
  for (let i = 0; i < from * times; i++) {
    const place = Math.min(Math.max((i + 0.5) / times - 0.5, 0), from - 1);
    const low = Math.floor(place),
      share = place - low;
    weights[i * from + low] = 1 - share;
    if (share > 0) weights[i * from + low + 1] = share;
  }
  return weights;
}
