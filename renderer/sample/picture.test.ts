// Pictures of numbers: each value in its place, scaled from lowest to highest.

import { expect, test } from 'vitest';
import { mostMaps, pictureOf, placeAt, strongest } from './picture.ts';
import { rangeOf } from '../ui/shades.ts';

test('feature maps stand side by side, with a line between them', () => {
  const { columns, rows, shades } = pictureOf([1, 2, 2], [0, 10, 5, 20]);
  expect([columns, rows]).toEqual([5, 1]);
  expect([...shades]).toEqual([0, 0.25, Number.NaN, 0.5, 1]);
});

test('more maps than can be seen are counted', () => {
  expect(pictureOf([2, 2, mostMaps + 3], new Float32Array(4 * (mostMaps + 3))).left).toBe(3);
});

test('a sequence runs from left to right, its features downwards', () => {
  const { columns, rows, shades } = pictureOf([3, 2], [0, 1, 2, 3, 4, 5]);
  expect([columns, rows]).toEqual([3, 2]);
  expect([...shades].map((value) => Math.round(value * 5))).toEqual([0, 2, 4, 1, 3, 5]);
});

test('a long row goes in lines; equal values are one shade', () => {
  const { columns, rows, shades } = pictureOf([40], new Float32Array(40).fill(3));
  expect([columns, rows]).toEqual([32, 2]);
  expect(shades.filter((value) => value === 0.5)).toHaveLength(40);
  expect(rangeOf([2, -1, 5])).toEqual({ low: -1, high: 5 });
});

test('a place of the picture is a place of the layer, and back', () => {
  const shape = [3, 4, 10];
  const values = Float32Array.from({ length: 120 }, (_, i) => i);
  const { columns, rows, shades } = pictureOf(shape, values);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const place = placeAt(shape, column, row);
      const value = shades[row * columns + column] as number;
      if (place) expect(Math.round(value * 119)).toBe(((place[0] as number) * 4 + (place[1] as number)) * 10 + (place[2] as number));
      else expect(value).toBeNaN();
    }
  expect(strongest(shape, values)).toEqual([2, 3, 9]);
  expect(placeAt([40], 3, 1)).toEqual([35]);
  expect(placeAt([40], 9, 1)).toBeNull();
});
