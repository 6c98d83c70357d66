import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { spatialDropout2d } from './spatialDropout2d.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(spatialDropout2d, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.1, 0.5, 1) }), inputs: fc.tuple(images(3)) }),
});

test('drops a channel everywhere or nowhere', () => {
  const shape = [2, 3, 4, 20];
  const { program } = lowered(spatialDropout2d, { rate: 0.5 }, [shape], { training: true });
  const y = interpret(program, { ...randomNumbers(program, 5), input0: numericArray(shape, 1) }).outputs['y']?.data ?? new Float64Array();
  const channels = Array.from({ length: 40 }, (_, i) => Array.from({ length: 12 }, (_, place) => y[Math.floor(i / 20) * 20 * 12 + place * 20 + (i % 20)]));
  expect(channels.every((values) => new Set(values).size === 1)).toBe(true);
  expect(new Set(y)).toEqual(new Set([0, 2]));
});

test('does nothing when predicting, and asks for an image', () => {
  expect(lowered(spatialDropout2d, { rate: 0.5 }, [[2, 3, 4, 20]], { training: false }).program.inputs.map(({ name }) => name)).toEqual(['input0', 'probe']);
  expect(problemOf(spatialDropout2d, {}, [[1, 5]]).code).toBe('rank');
  expect(spatialDropout2d.describe({ rate: 0.2 })).toBe('rate 0.2');
});
