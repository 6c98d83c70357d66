import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomCrop } from './randomCrop.ts';
import { images, size } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(randomCrop, { examples: fc.record({ parameters: fc.record({ height: size(4), width: size(4) }), inputs: fc.tuple(images(6)) }) });

const picture = Array.from({ length: 12 }, (_, i) => i);
const part = { height: 2, width: 2 };

test('cuts at every place with the same chance, the last one included', () => {
  expect(augmented(randomCrop, part, [1, 3, 4, 1], picture, [0, 0])).toEqual([0, 1, 4, 5]);
  expect(augmented(randomCrop, part, [1, 3, 4, 1], picture, [0.99, 0.99])).toEqual([6, 7, 10, 11]);
  expect(augmented(randomCrop, part, [1, 3, 4, 1], picture, [0.5, 0.34])).toEqual([5, 6, 9, 10]);
});

test('takes the middle when predicting, brought to the size', () => {
  expect(augmented(randomCrop, { height: 1, width: 2 }, [1, 1, 4, 1], [0, 1, 2, 3])).toEqual([1, 2]);
  expect(augmented(randomCrop, part, [1, 4, 4, 1], [...picture, 12, 13, 14, 15])).toEqual([2.5, 4.5, 10.5, 12.5]);
  expect(randomCrop.describe(part)).toBe('2 × 2');
});
