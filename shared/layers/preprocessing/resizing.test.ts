import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { resizing } from './resizing.ts';
import { images, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const interpolation = fc.constantFrom('bilinear', 'nearest', 'bicubic', 'lanczos3');
proveLayer(resizing, {
  examples: fc.record({
    parameters: fc.record({ height: size(6), width: size(6), interpolation, cropToAspectRatio: fc.boolean(), antialias: fc.boolean() }),
    inputs: fc.tuple(images(6)),
  }),
});

test('leaves an image of the right size as it is', () => {
  const operationsFor = (height: number) =>
    lowered(resizing, { ...defaults(resizing.fields), height, width: 4 }, [[1, 3, 4, 1]], { training: false }).program.instructions.map(
      ({ operation }) => operation,
    );
  expect(operationsFor(3)).not.toContain('matMul');
  expect(operationsFor(4)).toContain('matMul');
});

test('says the size on the node and refuses what is no image', () => {
  expect(resizing.describe({ height: 3, width: 4, interpolation: 'nearest', cropToAspectRatio: false, antialias: false })).toBe('3 × 4 · nearest');
  expect(problemOf(resizing, {}, [[1, 3]])).toMatchObject({ code: 'rank', what: 'It needs an image of rows × columns × channels, but gets 3.' });
});

test('names what of Keras it cannot do', () => {
  const config = { height: 2, width: 2, interpolation: 'area', pad_to_aspect_ratio: true };
  expect(fromKerasConfig(resizing, config).unsupported).toEqual(['interpolation', 'pad_to_aspect_ratio']);
});
