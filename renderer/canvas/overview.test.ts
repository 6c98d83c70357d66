import fc from 'fast-check';
import { expect, test } from 'vitest';
import { around, type Box, fitInto, inView, toDrawing, toPicture } from './overview.ts';

const number = fc.integer({ min: -5000, max: 5000 });
const side = fc.integer({ min: 1, max: 4000 });
const box: fc.Arbitrary<Box> = fc.record({ x: number, y: number, width: side, height: side });

test('all boxes lie inside the picture, within its margin', () => {
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), (boxes) => {
      const mapping = fitInto(around(boxes) as Box, 136, 92, 8);
      for (const one of boxes.map((each) => toPicture(mapping, each))) {
        expect(one.x).toBeGreaterThanOrEqual(8 - 1e-6);
        expect(one.y).toBeGreaterThanOrEqual(8 - 1e-6);
        expect(one.x + one.width).toBeLessThanOrEqual(128 + 1e-6);
        expect(one.y + one.height).toBeLessThanOrEqual(84 + 1e-6);
      }
    }),
    { seed: 7 },
  );
});

test('a place of the picture leads back to the place of the drawing', () => {
  fc.assert(
    fc.property(box, number, number, (whole, x, y) => {
      const mapping = fitInto(whole, 136, 92, 8);
      const { x: px, y: py } = toPicture(mapping, { x, y, width: 0, height: 0 });
      const back = toDrawing(mapping, { x: px, y: py });
      expect(back.x).toBeCloseTo(x, 4);
      expect(back.y).toBeCloseTo(y, 4);
    }),
    { seed: 7 },
  );
});

test('what a moved and enlarged pane shows', () => expect(inView([-100, 50, 2], 800, 600)).toEqual({ x: 50, y: -25, width: 400, height: 300 }));
test('nothing has no box', () => expect(around([])).toBeNull());
