import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { randomFlip } from './randomFlip.ts';
import { images } from '../testing/arbitraries.ts';
import { augmented } from '../testing/augmented.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(randomFlip, {
  examples: fc.record({ parameters: fc.record({ mode: fc.constantFrom('horizontal', 'vertical', 'horizontal_and_vertical') }), inputs: fc.tuple(images(5)) }),
});

const picture = [1, 2, 3, 4, 5, 6];
const at = (parameters: Partial<typeof usual>, ...random: readonly number[]) => augmented(randomFlip, parameters, [1, 2, 3, 1], picture, random);
const usual = defaults(randomFlip.fields);

test('draws nothing and changes nothing when predicting', () => {
  expect(augmented(randomFlip, {}, [1, 2, 3, 1], picture)).toEqual(picture);
});

test('mirrors where the draw is at most a half', () => {
  expect(at({ mode: 'horizontal' }, 0.5)).toEqual([3, 2, 1, 6, 5, 4]);
  expect(at({ mode: 'horizontal' }, 0.6)).toEqual(picture);
  expect(at({ mode: 'vertical' }, 0.1)).toEqual([4, 5, 6, 1, 2, 3]);
  expect(at({ mode: 'horizontal_and_vertical' }, 0.1)).toEqual([6, 5, 4, 3, 2, 1]);
});

test('says the mode on the node, and takes no seed from a file', () => {
  expect(randomFlip.describe(usual)).toBe('horizontal and vertical');
  expect(fromKerasConfig(randomFlip, { mode: 'vertical', seed: 3 })).toEqual({ parameters: { mode: 'vertical' }, unsupported: ['seed'] });
});
