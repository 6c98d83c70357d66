import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { spatialDropout1d } from './spatialDropout1d.ts';
import { sequences } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(spatialDropout1d, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.1, 0.5, 1) }), inputs: fc.tuple(sequences) }),
  oracle: ({ rate }) => (rate === 1 ? null : tf.spatialDropout1d({ rate })),
});

test('drops a feature everywhere or nowhere', () => {
  const shape = [2, 5, 20];
  const { program } = lowered(spatialDropout1d, { rate: 0.5 }, [shape], { training: true });
  const y = interpret(program, { ...randomNumbers(program, 5), input0: numericArray(shape, 1) }).outputs['y']?.data ?? new Float64Array();
  const features = Array.from({ length: 40 }, (_, i) => Array.from({ length: 5 }, (_, place) => y[Math.floor(i / 20) * 20 * 5 + place * 20 + (i % 20)]));
  expect(features.every((values) => new Set(values).size === 1)).toBe(true);
  expect(new Set(y)).toEqual(new Set([0, 2]));
});

test('does nothing when predicting, and asks for a sequence', () => {
  expect(lowered(spatialDropout1d, { rate: 0.5 }, [[2, 5, 20]], { training: false }).program.inputs.map(({ name }) => name)).toEqual(['input0', 'probe']);
  expect(problemOf(spatialDropout1d, {}, [[1, 5]]).code).toBe('rank');
  expect(spatialDropout1d.describe({ rate: 0.2 })).toBe('rate 0.2');
});
