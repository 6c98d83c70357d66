import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomTranslation } from './randomTranslation.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const look = {
  fillMode: fc.constantFrom('reflect', 'wrap', 'constant', 'nearest'),
  interpolation: fc.constantFrom('bilinear', 'nearest'),
  fillValue: fc.constantFrom(0, 0.5),
} as const;
proveLayer(randomTranslation, {
  examples: fc.record({
    parameters: fc.record({
      heightLower: fc.constantFrom(-0.7, 0.1),
      heightUpper: fc.constantFrom(-0.2, 0.6),
      widthLower: fc.constantFrom(-0.3, 0.9),
      ...look,
    }),
    inputs: fc.tuple(images(5)),
  }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomTranslation, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomTranslation.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomTranslation, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('moves down and right, and fills as it is told', () => {
  const byOne = (fillMode: 'constant' | 'nearest' | 'wrap' | 'reflect') =>
    augmented(
      randomTranslation,
      { heightLower: 0, heightUpper: 0, widthLower: 0.25, widthUpper: 0.25, fillMode, fillValue: 9 },
      [1, 1, 4, 1],
      [1, 2, 3, 4],
      [0, 0],
    );
  expect(byOne('constant')).toEqual([9, 1, 2, 3]);
  expect(byOne('nearest')).toEqual([1, 1, 2, 3]);
  expect(byOne('wrap')).toEqual([4, 1, 2, 3]);
  expect(byOne('reflect')).toEqual([1, 1, 2, 3]);
  expect(at({ heightLower: 0.5, heightUpper: 0.5, widthLower: 0, widthUpper: 0, fillMode: 'constant' }, 0, 0)).toEqual([0, 0, 0, 1, 2, 3]);
});

test('says its ranges on the node and reads Keras’ forms', () => {
  expect(randomTranslation.describe({ ...usual, widthLower: 0.05 })).toBe('±0.1 · 0.05 … 0.1');
  expect(fromKerasConfig(randomTranslation, { height_factor: 0.3, width_factor: [0, 0.2] }).parameters).toMatchObject({
    heightLower: -0.3,
    widthLower: 0,
    widthUpper: 0.2,
  });
  expect(fromKerasConfig(randomTranslation, { height_factor: 0.3, width_factor: null }).unsupported).toEqual(['height_factor', 'width_factor']);
});
