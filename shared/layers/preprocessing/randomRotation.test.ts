import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomRotation } from './randomRotation.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const look = {
  fillMode: fc.constantFrom('reflect', 'wrap', 'constant', 'nearest'),
  interpolation: fc.constantFrom('bilinear', 'nearest'),
  fillValue: fc.constantFrom(0, 0.5),
} as const;
proveLayer(randomRotation, {
  examples: fc.record({
    parameters: fc.record({ lower: fc.constantFrom(-0.5, 0.1), upper: fc.constantFrom(-0.1, 0.25), ...look }),
    inputs: fc.tuple(images(5)),
  }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomRotation, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomRotation.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomRotation, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('a half turn puts everything opposite; no turn nothing', () => {
  expect(at({ lower: -0.5, upper: 0.5 }, 0).map((x) => Math.round(x * 1e9) / 1e9)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(at({ lower: -0.5, upper: 0.5 }, 0.5)).toEqual(picture);
});

test('a quarter turn goes against the clock', () => {
  const turned = augmented(randomRotation, { lower: 0.25, upper: 0.25 }, [1, 2, 2, 1], [1, 2, 3, 4], [0]);
  expect(turned.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([2, 4, 1, 3]);
});

test('says its range on the node and reads Keras’ single number', () => {
  expect([randomRotation.describe(usual), randomRotation.describe({ ...usual, lower: -0.2 })]).toEqual(['±0.1 turns', '−0.2 … 0.1 turns']);
  expect(fromKerasConfig(randomRotation, { factor: 0.3 }).parameters).toMatchObject({ lower: -0.3, upper: 0.3 });
  expect(fromKerasConfig(randomRotation, { factor: 'far', fill_mode: 'mirror' }).unsupported).toEqual(['fill_mode', 'factor']);
});
