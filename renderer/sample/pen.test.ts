// The pen: dark where it touches, soft at its edge, never lighter than before.

import { expect, test } from 'vitest';
import { stroke } from './pen.ts';

test('a touch is dark in the middle, soft around, and nothing far away', () => {
  const drawn = stroke(new Array(81).fill(0), 9, { x: 4.5, y: 4.5 });
  expect(drawn[4 * 9 + 4]).toBe(1);
  expect(drawn[4 * 9 + 5]).toBeCloseTo(0.6);
  expect(drawn[0]).toBe(0);
});

test('what is drawn stays', () => {
  const once = stroke(new Array(81).fill(0), 9, { x: 4.5, y: 4.5 });
  const twice = stroke(once, 9, { x: 1, y: 1 });
  expect(twice.every((value, i) => value >= (once[i] as number))).toBe(true);
});
