import { expect, test } from 'vitest';
import { Patience } from './patience.ts';

function after(...times: readonly number[]): Patience {
  const patience = new Patience();
  for (const time of times) patience.heard(time);
  return patience;
}

test('a second where nothing was heard, or calls are short', () => {
  expect(new Patience().milliseconds).toBe(800);
  expect(after(100_000).milliseconds).toBe(800);
  expect(after(0, 40, 90, 130).milliseconds).toBe(800);
});

test('longer than the longest call, but not for ever', () => {
  expect(after(0, 1_600, 3_100).milliseconds).toBe(2_400);
  expect(after(0, 60_000).milliseconds).toBe(5_000);
});

test('a pause is no call', () => {
  const patience = after(0, 40);
  patience.interrupted();
  patience.heard(90_000);
  expect(patience.milliseconds).toBe(800);
});
