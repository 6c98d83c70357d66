// What the processor does with numbers below the normal range, asked in the thread that TensorFlow's short programs run in.

import { expect, test } from 'vitest';
import { flushSmallNumbers } from './smallNumbers.ts';

/** Of float64, whose range the same switch cuts. */
const half = (small: Float64Array): number => (small[0] as number) * 0.5;

test('they are 0, and stay so after the session is gone', async () => {
  const smallest = Float64Array.of(2 ** -1030);
  await flushSmallNumbers();
  expect(half(smallest)).toBe(0);
  await new Promise((later) => setImmediate(later));
  expect(half(smallest)).toBe(0);
});
