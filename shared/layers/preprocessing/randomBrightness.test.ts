import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomBrightness } from './randomBrightness.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(randomBrightness, {
  examples: fc.record({
    parameters: fc.record({ lower: fc.constantFrom(-1, 0.1), upper: fc.constantFrom(-0.2, 0.6), valueLow: fc.constant(-9), valueHigh: fc.constant(9) }),
    inputs: fc.tuple(images(5)),
  }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomBrightness, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomBrightness.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomBrightness, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('adds a share of the range of values, and cuts off', () => {
  expect(at({ lower: -0.5, upper: 0.5, valueLow: 0, valueHigh: 6 }, 0.75)).toEqual([2.5, 3.5, 4.5, 5.5, 6, 6]);
  expect(at({ lower: -0.5, upper: 0.5, valueLow: 6, valueHigh: 0 }, 0)).toEqual([0, 0, 0, 1, 2, 3]);
});

test('says its range on the node and reads Keras’ forms', () => {
  expect(randomBrightness.describe(usual)).toBe('±0.2');
  expect(fromKerasConfig(randomBrightness, { factor: 0.3 }).parameters).toEqual({ lower: -0.3, upper: 0.3, valueLow: 0, valueHigh: 255 });
  expect(fromKerasConfig(randomBrightness, { factor: [0.1, 0.2], value_range: [0] }).unsupported).toEqual(['factor', 'value_range']);
});
