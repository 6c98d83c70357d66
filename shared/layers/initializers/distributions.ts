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

export const fillUniform = (shape: Shape, key: number, limit: number): Float32Array => fill(shape, (i) => (2 * uniformAt(key, i) - 1) * limit);
export const fillNormal = (shape: Shape, key: number, deviation: number): Float32Array => fill(shape, (i) => normalAt(key, i) * deviation);
export const fillTruncatedNormal = (shape: Shape, key: number, deviation: number): Float32Array => fill(shape, (i) => truncatedNormalAt(key, i) * deviation);

export interface VarianceScaling {
  /** Glorot 1, LeCun 1, He 2. */
  readonly scale: number;
  readonly mode: 'fanIn' | 'fanAverage';
  readonly distribution: 'uniform' | 'truncatedNormal';
}

/** Keras' VarianceScaling: the variance is scale / fan. */
export function fillScaled(shape: Shape, key: number, { scale, mode, distribution }: VarianceScaling): Float32Array {
  const { fanIn, fanOut } = fans(shape);
  const variance = scale / Math.max(1, mode === 'fanIn' ? fanIn : (fanIn + fanOut) / 2);
  if (distribution === 'uniform') return fillUniform(shape, key, Math.sqrt(3 * variance));
  return fillTruncatedNormal(shape, key, Math.sqrt(variance) / truncatedDeviation);
}
