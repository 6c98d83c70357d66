import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomZoom } from './randomZoom.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const look = {
  fillMode: fc.constantFrom('reflect', 'wrap', 'constant', 'nearest'),
  interpolation: fc.constantFrom('bilinear', 'nearest'),
  fillValue: fc.constantFrom(0, 0.5),
} as const;
proveLayer(randomZoom, {
  examples: fc.record({
    parameters: fc.record({ heightLower: fc.constantFrom(-0.5, 0.1), heightUpper: fc.constantFrom(-0.2, 0.6), keepAspect: fc.boolean(), ...look }),
    inputs: fc.tuple(images(5)),
  }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomZoom, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomZoom.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomZoom, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('a zoom of 1 shows the image as it is, of a half its middle', () => {
  expect(at({ heightLower: 0, heightUpper: 0 }, 0.3)).toEqual(picture);
  expect(augmented(randomZoom, { heightLower: -0.5, heightUpper: -0.5 }, [1, 1, 5, 1], [1, 2, 3, 4, 5], [0])).toEqual([2, 2.5, 3, 3.5, 4]);
});

test('widths follow heights unless told otherwise', () => {
  expect(at({ heightLower: 0, heightUpper: 0, keepAspect: false, widthLower: -0.5, widthUpper: -0.5 }, 0, 0)).toEqual([1.5, 2, 2.5, 4.5, 5, 5.5]);
});

test('says its ranges on the node and reads Keras’ forms', () => {
  expect([randomZoom.describe(usual), randomZoom.describe({ ...usual, keepAspect: false, widthLower: 0 })]).toEqual(['±0.1', '±0.1 · 0 … 0.1']);
  expect(fromKerasConfig(randomZoom, { height_factor: 0.3 }).parameters).toMatchObject({ heightLower: -0.3, heightUpper: 0.3, keepAspect: true });
  const both = fromKerasConfig(randomZoom, { height_factor: [0, 0.2], width_factor: 0.1 });
  expect(both.parameters).toMatchObject({ heightLower: 0, heightUpper: 0.2, keepAspect: false, widthLower: -0.1, widthUpper: 0.1 });
  expect(fromKerasConfig(randomZoom, { height_factor: 7 }).unsupported).toEqual(['height_factor']);
});
