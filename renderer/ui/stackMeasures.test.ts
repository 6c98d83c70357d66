// Pictures of the gallery must tell networks apart: by units where these are few, by width where sizes differ.

import { expect, test } from 'vitest';
import { boxWidth, measuresFor, unitsOf } from './stackMeasures.ts';

const box = (row: number, size: number | undefined, family = 'core', column = 0) => ({ row, size, family, column });

test('a network of a few units shows each; a wide, branched or other one does not', () => {
  expect(unitsOf([box(1, 4), box(0, 2), box(2, 1)])?.map(({ count }) => count)).toEqual([2, 4, 1]);
  expect(unitsOf([box(0, 2), box(1, 64)])).toBeNull();
  expect(unitsOf([box(0, 2), box(1, 2, 'recurrent')])).toBeNull();
  expect(unitsOf([box(0, 2), box(1, 2, 'core', 1)])).toBeNull();
  expect(unitsOf([box(0, undefined), box(1, 2)])).toBeNull();
});

test('bars are wide where much comes out and narrow at the neck', () => {
  const m = measuresFor(3, 1, false);
  const all = [box(0, 784), box(1, 32), box(2, 784)];
  expect(all.map((one) => boxWidth(one, all, m) / m.width)).toEqual([1, expect.closeTo(0.34, 10), 1]);
  expect(boxWidth(box(0, 5), [box(0, 5)], m)).toBe(m.width);
  expect(boxWidth(box(0, undefined), all, m)).toBe(m.width);
});

test('many layers make thin bars, many columns narrow ones', () => {
  expect(measuresFor(40, 1, false)).toMatchObject({ width: 64, pitch: 2.5 });
  expect(measuresFor(4, 4, false).width * 4 + 3 * measuresFor(4, 4, false).gap).toBeCloseTo(144, 10);
});
