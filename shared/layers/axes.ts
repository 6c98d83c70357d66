// How layers read an axis that a user gives: counted from 1 after the batch, or from the end as −1, −2, … No layer itself.

import { integer } from '../lib/fields.ts';
import type { Tensor } from '../tensor/types.ts';
import { LayerError } from './layer.ts';

export const axisField = (help: string) =>
  integer({
    label: 'Axis',
    help: `${help} −1 is the last axis (features or channels), 1 the first after the batch.`,
    min: -8,
    max: 8,
    level: 'advanced',
    default: -1,
  });

/** `axis −1`, with a proper minus sign. */
export const axisWords = (axis: number): string => (axis === -1 ? 'last axis' : `axis ${axis}`.replace('-', '−'));

/** The axis counted from 0, the batch being 0. @throws LayerError for one that is not there, and for the batch */
export function sampleAxis(input: Tensor, axis: number, parameter = 'axis'): number {
  const rank = input.shape.length;
  const found = axis < 0 ? axis + rank : axis;
  if (found >= 1 && found < rank) return found;
  const axes = rank - 1;
  throw new LayerError({
    code: 'axis',
    input: 0,
    parameter,
    what: `There is no ${axisWords(axis)} to work along: a sample has ${axes} ${axes === 1 ? 'axis' : 'axes'}.`,
    why: 'Axes are counted from 1 after the batch, or from the end as −1, −2 and so on.',
    repairs: axes > 0 ? [{ label: `Set ${parameter} to −1`, parameters: { [parameter]: -1 } }] : [],
  });
}
