// Sums in fields.

import { expect, test } from 'vitest';
import { evaluate } from './expression.ts';

test.each([
  ['32*2', 64],
  ['28 - 4 / 2', 26],
  ['(28-4)/2', 12],
  ['2^7', 128],
  ['2**3**1', 8],
  ['-3 + 5', 2],
  ['1e-3 * 2', 0.002],
  ['3 × 3', 9],
  ['0.1+0.2', 0.3],
])('%s is %d', (text, value) => {
  expect(evaluate(text)).toBe(value);
});
test.each(['', '3*', '(3', '3)', 'a+1', '1 2 + ', '4/0', '*3', 'process.exit()', '9'.repeat(300)])('“%s” is no sum', (text) => {
  expect(evaluate(text)).toBeNull();
});
