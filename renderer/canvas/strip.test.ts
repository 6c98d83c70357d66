// What a card draws of a layer's numbers: what fits, in their proportions, the largest darkest.

import { expect, it } from 'vitest';
import { stripOf } from './strip.ts';

const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i);

it('feature maps stand in a row, as many as fit', () => {
  const strip = stripOf([4, 4, 3], numbers(48));
  expect(strip).toMatchObject({ rows: 4, columns: 14, keeps: true });
  // The first map's first number, the gap behind its first row, the last map's last number.
  expect(strip.shades[0]).toBe(0);
  expect(strip.shades[4]).toBeNaN();
  expect(strip.shades.at(-1)).toBe(1);
  expect(stripOf([28, 28, 64], numbers(28 * 28 * 64)).columns).toBe(10 * 29 - 1);
});

it('large maps are drawn coarser, by means', () => {
  const strip = stripOf([72, 72, 1], new Float32Array(72 * 72).fill(3).fill(9, 36 * 72));
  expect(strip).toMatchObject({ rows: 36, columns: 36 });
  expect([strip.shades[0], strip.shades.at(-1)]).toEqual([0, 1]);
});

it('a sequence runs from left to right', () => {
  const strip = stripOf([3, 2], [0, 10, 5, 0, 0, 0]);
  expect(strip).toMatchObject({ rows: 2, columns: 3, keeps: false });
  expect([...strip.shades]).toEqual([0, 0.5, 0, 1, 0, 0]);
});

it('few units are bars from below, or from the middle where some are negative; many are one line', () => {
  const strip = stripOf([2], [1, 0.5]);
  const filled = (unit: number) =>
    Array.from({ length: strip.rows }, (_, row) => strip.shades[row * strip.columns + unit * 4]).filter((value) => !Number.isNaN(value)).length;
  expect([filled(0), filled(1)]).toEqual([strip.rows, strip.rows / 2]);
  const signed = stripOf([2], [1, -1]);
  const at = (row: number, unit: number) => signed.shades[row * signed.columns + unit * 4];
  expect([at(0, 0), at(signed.rows - 1, 1)].every((value) => value !== undefined && value > 0)).toBe(true);
  expect([at(0, 1), at(signed.rows - 1, 0)]).toEqual([Number.NaN, Number.NaN]);
  expect(stripOf([100], numbers(100))).toMatchObject({ rows: 1, columns: 100 });
});
