// Decimation must keep what the eye looks for: ends, peaks, dips.

import { expect, test } from 'vitest';
import { decimate, valueAt } from './decimate.ts';

const long = (count: number, value: (index: number) => number) => ({
  x: Array.from({ length: count }, (_, i) => i),
  y: Array.from({ length: count }, (_, i) => value(i)),
});

test('a short curve stays as it is', () => {
  const curve = long(20, (i) => i * i);
  expect(decimate(curve, 100)).toEqual(curve);
});

test('a lone peak and a lone dip survive among 100,000 points', () => {
  const thin = decimate(
    long(100_000, (i) => (i === 54_321 ? 9 : i === 12_345 ? -9 : Math.sin(i / 500))),
    200,
  );
  expect(thin.x.length).toBeLessThanOrEqual(402);
  expect(thin.y[thin.x.indexOf(54_321)]).toBe(9);
  expect(thin.y[thin.x.indexOf(12_345)]).toBe(-9);
  expect([thin.x[0], thin.x.at(-1)]).toEqual([0, 99_999]);
});

test('x stays ascending and every point is one of the curve', () => {
  const curve = long(5000, (i) => (i * 7919) % 101);
  const thin = decimate(curve, 37);
  thin.x.forEach((x, index) => {
    expect(thin.y[index]).toBe(curve.y[x]);
    if (index > 0) expect(x).toBeGreaterThan(thin.x[index - 1] ?? 0);
  });
});

test('points that are not numbers are left out', () => {
  expect(decimate({ x: [0, 1, 2, 3], y: [1, Number.NaN, Infinity, 4] }, 10)).toEqual({ x: [0, 3], y: [1, 4] });
});

test('uneven x: a stretch without points costs none', () => {
  const curve = { x: [...Array.from({ length: 500 }, (_, i) => i / 500), 1000], y: Array.from({ length: 501 }, (_, i) => i) };
  expect(decimate(curve, 10).x).toEqual([0, 499 / 500, 1000]);
});

test('the value at a place is the last one known there', () => {
  const curve = { x: [1, 2, 4], y: [10, 20, 40] };
  expect([0.5, 1, 3.9, 4, 9].map((at) => valueAt(curve, at))).toEqual([null, 10, 20, 40, 40]);
});
