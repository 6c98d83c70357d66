// What a layer makes of the sample, small enough for its card: the first feature maps in a row, a sequence as a map of heat, few units as
// bars, many as one line of heat. Pure; the panel of the sample shows all of it, larger.

import type { Shape } from '../../shared/tensor/types.ts';
import { type Range, rangeOf, type Shades, shade } from '../ui/shades.ts';

export interface Strip extends Shades {
  /** Whether it keeps its proportions (maps) or fills the strip. */
  readonly keeps: boolean;
  /** Wider than this, in pixels on the card, it is not drawn; null: as wide as there is room. */
  readonly widest: number | null;
}

/** The strip's proportions, and how finely it is drawn: twice its size on the card. */
const stripAspect = 11;
const mostRows = 36;
const mostColumns = 400;
/** More units than this are a line of heat. */
const mostBars = 64;
const barRows = 18;
const widestCell = 4;

/** So many numbers in at most `most` groups of equal size: how many stand in one. */
const groupSize = (count: number, most: number): number => Math.max(1, Math.ceil(count / most));

/** The mean of a block of numbers that begins at a place. */
function mean(values: ArrayLike<number>, place: (row: number, column: number) => number, rows: readonly number[], columns: readonly number[]): number {
  const [top = 0, bottom = 0] = rows;
  const [left = 0, right = 0] = columns;
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[place(y, x)] as number;
  return sum / ((bottom - top) * (right - left));
}

/** A grid of numbers, drawn coarser where it is large. */
function coarse(
  values: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  place: (row: number, column: number) => number,
  range: Range,
  into: Cells,
): void {
  const [down, across] = [Math.ceil(rows / into.rows), Math.ceil(columns / into.columns)];
  for (let row = 0; row * down < rows && row < into.rows; row++)
    for (let column = 0; column * across < columns && column < into.columns; column++) {
      const block = mean(values, place, [row * down, Math.min(rows, (row + 1) * down)], [column * across, Math.min(columns, (column + 1) * across)]);
      into.set(row, column, shade(block, range));
    }
}
interface Cells {
  readonly rows: number;
  readonly columns: number;
  set(row: number, column: number, value: number): void;
}
const cellsOf = (shades: Float32Array, width: number, left: number, rows: number, columns: number): Cells => ({
  rows,
  columns,
  set: (row, column, value) => {
    shades[row * width + left + column] = value;
  },
});

function maps([height, width, channels]: readonly [number, number, number], values: ArrayLike<number>): Strip {
  const range = rangeOf(values);
  const size = groupSize(Math.max(height, width), mostRows);
  const [rows, wide] = [Math.ceil(height / size), Math.ceil(width / size)];
  const shown = Math.max(1, Math.min(channels, Math.floor((stripAspect * rows + 1) / (wide + 1))));
  const columns = shown * (wide + 1) - 1;
  const shades = new Float32Array(rows * columns).fill(Number.NaN);
  for (let map = 0; map < shown; map++)
    coarse(values, [height, width], (y, x) => (y * width + x) * channels + map, range, cellsOf(shades, columns, map * (wide + 1), rows, wide));
  return { columns, rows, shades, keeps: true, widest: null };
}

/** A sequence runs from left to right. */
function heat([steps, features]: readonly [number, number], values: ArrayLike<number>): Strip {
  const columns = Math.ceil(steps / groupSize(steps, mostColumns));
  const rows = Math.ceil(features / groupSize(features, mostRows));
  const shades = new Float32Array(rows * columns).fill(Number.NaN);
  coarse(values, [features, steps], (feature, step) => step * features + feature, rangeOf(values), cellsOf(shades, columns, 0, rows, columns));
  return { columns, rows, shades, keeps: false, widest: null };
}

/** Each unit as high as its number, from the lower edge where none is negative, else from the middle. */
function bars(values: ArrayLike<number>): Strip {
  const { low, high } = rangeOf(values);
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const columns = values.length * 4 - 1;
  const shades = new Float32Array(barRows * columns).fill(Number.NaN);
  const [zero, room] = low < 0 ? [barRows / 2, barRows / 2] : [barRows, barRows];
  for (let unit = 0; unit < values.length; unit++) {
    const value = values[unit] as number;
    const length = Math.max(1, Math.round((Math.abs(value) / most) * room));
    const top = value < 0 ? zero : zero - length;
    for (let row = top; row < top + length; row++) for (let x = 0; x < 3; x++) shades[row * columns + unit * 4 + x] = value === high ? 1 : 0.55;
  }
  return { columns, rows: barRows, shades, keeps: false, widest: columns * widestCell };
}

/** The strip of one sample's values of that shape. */
export function stripOf(shape: Shape, values: ArrayLike<number>): Strip {
  const [first = 1, second = 1, third = 1] = shape;
  if (shape.length === 3) return maps([first, second, third], values);
  if (shape.length === 2) return heat([first, second], values);
  return values.length <= mostBars ? bars(values) : heat([values.length, 1], values);
}
