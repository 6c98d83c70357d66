// Pictures of numbers: each value in its place, scaled from lowest to highest.

import { expect, test } from 'vitest';
import { mostMaps, pictureOf, rangeOf } from './picture.ts';

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
