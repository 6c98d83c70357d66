// The parts of a line plot that can be judged without a canvas.

import { expect, test } from 'vitest';
import { evenly, holdsOne, spread } from './linePlot.ts';

test('axis texts get equally many decimals, anything else stays', () => {
  expect(evenly(['0', '0.5', '1'])).toEqual(['0.0', '0.5', '1.0']);
  expect(evenly(['−0.25', '', '1'])).toEqual(['−0.25', '', '1.00']);
  expect(evenly(['1e-5', '0.001'])).toEqual(['1e-5', '0.001']);
  expect(evenly(['10', '20'])).toEqual(['10', '20']);
});

test('labels that would cover each other move apart and stay inside', () => {
  const placed = spread([{ y: 50 }, { y: 52 }, { y: 51 }], 13, 0, 60);
  expect(placed.map((label) => label.y)).toEqual([34, 47, 60]);
  expect(spread([{ y: 10 }, { y: 40 }], 13, 0, 60).map((label) => label.y)).toEqual([10, 40]);
});

test('a single value is drawn as a dot, since it makes no line', () => {
  expect([[], [null, undefined], [0.5], [null, 0.5, null], [0.5, 0.4]].map(holdsOne)).toEqual([false, false, true, true, false]);
});
