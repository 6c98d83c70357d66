// How layers read an axis that a user gives: counted from 1 after the batch, or from the end as −1, −2, … and several of them. No layer itself.

import { integer, optionalShape } from '../lib/fields.ts';
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

/** Further axes, for layers that may work over several together. */
export const moreAxesField = () =>
  optionalShape({
    label: 'Further axes',
    help: 'Axes that are taken together with it, counted from 1 after the batch.',
    level: 'advanced',
    default: null,
  });
export interface Axes {
  readonly axis: number;
  readonly moreAxes: readonly number[] | null;
}

/** `axes 1, 2`. */
export const axesWords = ({ axis, moreAxes }: Axes): string => (moreAxes ? `axes ${[...moreAxes, axis].join(', ')}`.replaceAll('-', '−') : axisWords(axis));

/** All of them counted from 0. @throws LayerError for one that is not there, and where they do not stand in their order: weights lie along them */
export function sampleAxes(input: Tensor, { axis, moreAxes }: Axes): number[] {
  const axes = [...(moreAxes ?? []).map((one) => sampleAxis(input, one, 'moreAxes')), sampleAxis(input, axis)];
  if (axes.every((one, i) => i === 0 || one > (axes[i - 1] as number))) return axes;
  throw new LayerError({
    code: 'axis',
    input: 0,
    parameter: 'moreAxes',
    what: `Its axes ${axes.join(', ')} do not stand in order.`,
    why: 'Further axes come before the axis itself, from the first on, each once.',
    repairs: [removeFurther],
  });
}

const removeFurther = { label: 'Remove the further axes', parameters: { moreAxes: null } };

/** In Keras' files one axis, or a list. */
export const axesKeras = {
  toConfig: ({ axis, moreAxes }: Axes) => ({ axis: moreAxes ? [...moreAxes, axis] : axis, more_axes: undefined }),
  fromConfig({ axis = -1 }: Readonly<Record<string, unknown>>): Axes {
    const axes = (Array.isArray(axis) ? axis : [axis]) as readonly number[];
    return { axis: axes.at(-1) ?? -1, moreAxes: axes.length > 1 ? axes.slice(0, -1) : null };
  },
};

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
    repairs: axes === 0 ? [] : parameter === 'moreAxes' ? [removeFurther] : [{ label: `Set ${parameter} to −1`, parameters: { [parameter]: -1 } }],
  });
}
