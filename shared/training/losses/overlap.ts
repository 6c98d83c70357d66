// What the losses that compare areas share: sums over whole masks. No loss itself.

import { boolean } from '../../lib/fields.ts';
import { numberList, numbersIn } from '../../layers/preprocessing/numberList.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';

export const areaFields = {
  perSample: boolean({
    label: 'Per sample',
    help: 'Compares every sample’s mask for itself; else the masks of a whole batch are compared as one, as Keras does by default.',
    level: 'advanced',
    default: false,
  }),
  axes: numberList({
    label: 'Axes',
    keras: 'axis',
    placeholder: 'axes such as 1, 2',
    help: 'Sums along these axes only, counted from 1 after the batch or from −1 at the end: each sample, and each class that is left, has an area of its own. Empty: as said above.',
    level: 'advanced',
    default: '',
    accepts: (axis) => Number.isInteger(axis) && axis !== 0,
  }),
};
interface Areas {
  readonly perSample: boolean;
  readonly axes: string;
}

/** Sums over each sample, [batch], over some of its axes, or over everything, a scalar. @throws ShapeError for an axis that is not there */
export const areaSum =
  (builder: Builder, { perSample, axes }: Areas) =>
  (x: Tensor): Tensor =>
    builder.reduceSum(x, { axes: axes === '' ? x.shape.map((_, axis) => axis).slice(perSample ? 1 : 0) : axesIn(axes, x.shape.length), keepDims: false });

const axesIn = (axes: string, rank: number): number[] => [...new Set(numbersIn(axes).map((axis) => (axis < 0 ? axis + rank : axis)))];
