// What convolution and pooling share: padding. TensorFlow's kernels know none at all (VALID) and as much as keeps the size (SAME);
// any other is written as a border of its own around the input.

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at } from '../lowering.ts';

export interface Padded {
  readonly padding: 'SAME' | 'VALID';
  /** The input with its border. */
  readonly shape: Shape;
  /** Elements before and after each axis; null where TensorFlow does the padding itself. */
  readonly borders: readonly (readonly [number, number])[] | null;
}

/** What SAME puts around one axis. */
function sameBorder(length: number, window: number, stride: number): readonly [number, number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + window - length, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** How a window that slides over all axes but the first and last meets the edges. @param padding before and after each of these axes */
export function paddingOf(shape: Shape, window: readonly number[], strides: readonly number[], padding: readonly number[]): Padded {
  const inner = window.map((_, axis) => [at(padding, 2 * axis), at(padding, 2 * axis + 1)] as const);
  if (padding.every((size) => size === 0)) return { padding: 'VALID', shape, borders: null };
  const isSame = inner.every(([before, after], axis) => {
    const [wantedBefore, wantedAfter] = sameBorder(at(shape, axis + 1), at(window, axis), at(strides, axis));
    return before === wantedBefore && after === wantedAfter;
  });
  if (isSame) return { padding: 'SAME', shape, borders: null };
  const borders = [[0, 0], ...inner, [0, 0]] as const;
  return { padding: 'VALID', shape: shape.map((size, axis) => size + at(borders, axis)[0] + at(borders, axis)[1]), borders };
}

/** The input with its border, where it has one. */
export function withBorders(graph: GraphWriter, x: string, { borders }: Padded, value = 0): string {
  return borders ? graph.float('PadV2', [x, graph.pairs(borders), graph.scalar(value)], { Tpaddings: { type: 'int32' } }) : x;
}

/** The inverse: what lies inside the border. */
export function withoutBorders(graph: GraphWriter, x: string, { borders }: Padded, shape: Shape): string {
  if (!borders) return x;
  const begin = borders.map(([before]) => before);
  return graph.float('Slice', [x, graph.integers(begin), graph.integers(shape)], { Index: { type: 'int32' } });
}

/** A list for the axes between the first and the last, as TensorFlow wants it for all. */
export const allAxes = (inner: readonly number[]): { readonly ints: readonly number[] } => ({ ints: [1, ...inner, 1] });
