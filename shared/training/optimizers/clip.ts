// Gradients that are too large, cut as Keras does it: each by its length, all by their common length, or number by number.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { ofEach, squared } from './occurrences.ts';

export interface Clipping {
  readonly clipnorm: number | null;
  readonly globalClipnorm: number | null;
  readonly clipvalue: number | null;
}

const squares = (builder: Builder, x: Tensor): Tensor => builder.reduceSum(squared(builder, x), { axes: x.shape.map((_, axis) => axis), keepDims: false });

/** limit / max(length, limit): 1 where nothing is too long. */
function factor(builder: Builder, sumOfSquares: Tensor, limit: number): Tensor {
  return builder.divide(builder.constant(limit), builder.maximum(builder.sqrt(sumOfSquares), builder.constant(limit)));
}

/** The same things with clipped gradients; at most one way is chosen. */
export function clipped<T extends { readonly gradient: Tensor }>(
  builder: Builder,
  all: readonly T[],
  { clipnorm, globalClipnorm, clipvalue }: Clipping,
): readonly T[] {
  const each = (change: (gradient: Tensor) => Tensor) => all.map((one) => ({ ...one, gradient: change(one.gradient) }));
  const cutNorm = (gradient: Tensor, limit: number) => {
    const share = factor(builder, squares(builder, gradient), limit);
    return ofEach(builder, gradient, (x) => builder.multiply(x, share));
  };
  if (clipnorm) return each((gradient) => cutNorm(gradient, clipnorm));
  if (clipvalue)
    return each((gradient) => ofEach(builder, gradient, (x) => builder.minimum(builder.maximum(x, builder.constant(-clipvalue)), builder.constant(clipvalue))));
  const [first, ...rest] = all.map(({ gradient }) => gradient);
  if (!globalClipnorm || !first) return all;
  const sum = rest.reduce((total, gradient) => builder.add(total, squares(builder, gradient)), squares(builder, first));
  const common = factor(builder, sum, globalClipnorm);
  return each((gradient) => builder.multiply(gradient, common));
}
