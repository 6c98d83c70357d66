import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomContrast } from './randomContrast.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(randomContrast, {
  examples: fc.record({
    parameters: fc.record({ lower: fc.constantFrom(0, 0.5), upper: fc.constantFrom(0.2, 1), valueLow: fc.constant(-5), valueHigh: fc.constant(5) }),
    inputs: fc.tuple(images(5)),
  }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomContrast, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomContrast.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomContrast, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('spreads values around the mean of their channel, and cuts them off', () => {
  const wide = { valueLow: -100, valueHigh: 100 };
  expect(at({ lower: 0, upper: 1, ...wide }, 1)).toEqual([-1.5, 0.5, 2.5, 4.5, 6.5, 8.5]);
  expect(at({ lower: 1, upper: 1, ...wide }, 0)).toEqual([3.5, 3.5, 3.5, 3.5, 3.5, 3.5]);
  expect(at({ lower: 0, upper: 1, valueLow: 0, valueHigh: 5 }, 1)).toEqual([0, 0.5, 2.5, 4.5, 5, 5]);
});

test('says its range on the node and reads Keras’ forms', () => {
  expect(randomContrast.describe({ ...usual, upper: 0.5 })).toBe('× 0.80 … 1.5');
  expect(fromKerasConfig(randomContrast, { factor: 0.2 }).parameters).toEqual({ lower: 0, upper: 0.2, valueLow: 0, valueHigh: 255 });
  expect(fromKerasConfig(randomContrast, { factor: [0.1, 0.2], value_range: [0, 1] }).parameters).toEqual({
    lower: 0.1,
    upper: 0.2,
    valueLow: 0,
    valueHigh: 1,
  });
});
