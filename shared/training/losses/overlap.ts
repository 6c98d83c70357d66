// What the losses that compare areas share: sums over whole masks. No loss itself.

import { boolean } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export const perSampleField = () =>
  boolean({
    label: 'Per sample',
    help: 'Compares every sample’s mask for itself; else the masks of a whole batch are compared as one, as Keras does by default.',
    level: 'advanced',
    default: false,
  });

/** Sums over each sample, [batch], or over everything, a scalar. */
export const areaSum =
  (builder: Builder, perSample: boolean) =>
  (x: Tensor): Tensor =>
    builder.reduceSum(x, { axes: x.shape.map((_, axis) => axis).slice(perSample ? 1 : 0), keepDims: false });
