// Numbers of a layer as a picture: feature maps side by side, a sequence as a map of heat, a long row in lines. Pure.

import type { Shape } from '../../shared/tensor/types.ts';
import { type Range, rangeOf, type Shades, shade } from '../ui/shades.ts';

/** NaN between the tiles. */
export interface Picture extends Shades {
  /** How many maps, steps or numbers are left out; 0: all are there. */
  readonly left: number;
}
/** More maps than this are left out. */
export const mostMaps = 32;
const mapsInRow = 8;
const mostSide = 256;
const numbersInRow = 32;

function maps(height: number, width: number, channels: number, values: ArrayLike<number>, range: Range): Picture {
  const shown = Math.min(channels, mostMaps);
  const across = Math.min(shown, mapsInRow);
  const columns = across * (width + 1) - 1;
  const rows = Math.ceil(shown / across) * (height + 1) - 1;
  const shades = new Float32Array(columns * rows).fill(Number.NaN);
  for (let map = 0; map < shown; map++) {
    const [top, left] = [Math.floor(map / across) * (height + 1), (map % across) * (width + 1)];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) shades[(top + y) * columns + left + x] = shade(values[(y * width + x) * channels + map] as number, range);
  }
  return { columns, rows, shades, left: channels - shown };
}

function grid(rows: number, columns: number, total: number, valueAt: (row: number, column: number) => number | undefined, range: Range): Picture {
  const shades = new Float32Array(rows * columns).fill(Number.NaN);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = valueAt(row, column);
      if (value !== undefined) shades[row * columns + column] = shade(value, range);
    }
  return { columns, rows, shades, left: Math.max(0, total - rows * columns) };
}

/** The picture of one sample's values of that shape. */
export function pictureOf(shape: Shape, values: ArrayLike<number>): Picture {
  const range = rangeOf(values);
  if (shape.length === 3) return maps(shape[0] as number, shape[1] as number, shape[2] as number, values, range);
  if (shape.length === 2) {
    const [steps, features] = shape as readonly [number, number];
    // A sequence runs from left to right.
    const [rows, columns] = [Math.min(features, mostSide), Math.min(steps, mostSide)];
    return grid(rows, columns, steps * features, (feature, step) => values[step * features + feature], range);
  }
  const columns = Math.min(values.length, numbersInRow);
  const rows = Math.min(Math.ceil(values.length / Math.max(columns, 1)), mostSide);
  return grid(rows, columns, values.length, (row, column) => (row * columns + column < values.length ? values[row * columns + column] : undefined), range);
}

/** Where in a layer's output the number stands that is drawn at a place of its picture; null between the maps. */
export function placeAt(shape: Shape, column: number, row: number): readonly number[] | null {
  if (shape.length === 2) return [column, row];
  if (shape.length !== 3) return row * numbersInRow + column < (shape[0] ?? 0) ? [row * numbersInRow + column] : null;
  const [height, width, channels] = shape as readonly [number, number, number];
  const across = Math.min(channels, mapsInRow);
  const [y, x] = [row % (height + 1), column % (width + 1)];
  const map = Math.floor(row / (height + 1)) * across + Math.floor(column / (width + 1));
  return y < height && x < width && map < Math.min(channels, mostMaps) ? [y, x, map] : null;
}

/** The place of the largest number. */
export function strongest(shape: Shape, values: ArrayLike<number>): readonly number[] {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return shape.reduceRight<{ place: number[]; left: number }>(({ place, left }, size) => ({ place: [left % size, ...place], left: Math.floor(left / size) }), {
    place: [],
    left: best,
  }).place;
}
