// Compared as JSON would compare them.

import { expect, test } from 'vitest';
import { alike } from './alike.ts';

test.each([
  [
    { a: 1, b: [1, { c: 'x' }] },
    { a: 1, b: [1, { c: 'x' }] },
  ],
  [{ a: 1, b: undefined }, { a: 1 }],
  [[], []],
  [null, null],
])('%j and %j are alike', (a, b) => {
  expect(alike(a, b)).toBe(true);
  expect(alike(b, a)).toBe(true);
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: 1, b: null }],
  [[1, 2], [1]],
  [{ a: [1, { c: 'x' }] }, { a: [1, { c: 'y' }] }],
  [[], {}],
  [null, {}],
  [1, '1'],
])('%j and %j are not', (a, b) => {
  expect(alike(a, b)).toBe(false);
  expect(alike(b, a)).toBe(false);
});
