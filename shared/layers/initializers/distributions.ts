// What random initializers share: filling a weight with draws. Initializers' variances are in their own files.

import { normalAt, randomKey, uniformAt } from '../../lib/random.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import { fans } from './initializer.ts';

/** The standard deviation that is left of a standard normal cut off at ±2. Keras divides by it so that the variance comes out as asked. */
const truncatedDeviation = 0.87962566103423978;

/** A standard normal drawn again until it lies within ±2; a pure function of (key, index). */
function truncatedNormalAt(key: number, index: number): number {
  for (let attempt = 0; ; attempt++) {
    const value = normalAt(attempt === 0 ? key : randomKey(key, attempt), index);
    if (Math.abs(value) <= 2) return value;
  }
}

const fill = (shape: Shape, draw: (index: number) => number): Float32Array => Float32Array.from({ length: sizeOf(shape) }, (_, index) => draw(index));

export const fillUniform = (shape: Shape, key: number, limit: number, middle = 0): Float32Array =>
  fill(shape, (i) => middle + (2 * uniformAt(key, i) - 1) * limit);
export const fillNormal = (shape: Shape, key: number, deviation: number, mean = 0): Float32Array => fill(shape, (i) => mean + normalAt(key, i) * deviation);
export const fillTruncatedNormal = (shape: Shape, key: number, deviation: number, mean = 0): Float32Array =>
  fill(shape, (i) => mean + truncatedNormalAt(key, i) * deviation);

export interface VarianceScaling {
  /** Glorot 1, LeCun 1, He 2. */
  readonly scale: number;
  readonly mode: 'fan_in' | 'fan_out' | 'fan_avg';
  readonly distribution: 'uniform' | 'truncated_normal' | 'untruncated_normal';
}

/** Keras' VarianceScaling: the variance is scale / fan. */
export function fillScaled(shape: Shape, key: number, { scale, mode, distribution }: VarianceScaling): Float32Array {
  const { fanIn, fanOut } = fans(shape);
  const variance = scale / Math.max(1, { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[mode]);
  if (distribution === 'uniform') return fillUniform(shape, key, Math.sqrt(3 * variance));
  if (distribution === 'untruncated_normal') return fillNormal(shape, key, Math.sqrt(variance));
  return fillTruncatedNormal(shape, key, Math.sqrt(variance) / truncatedDeviation);
}
