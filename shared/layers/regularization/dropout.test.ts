import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { dropout } from './dropout.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(dropout, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.1, 0.5, 0.9, 1) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ rate }) => (rate === 1 ? null : tf.dropout({ rate })),
});

test('drops its share while training and enlarges the rest', () => {
  const { program } = lowered(dropout, { rate: 0.3, noiseShape: null }, [[100, 100]], { training: true });
  const numbers = { ...randomNumbers(program, 3), input0: numericArray([100, 100], 1) };
  const data = interpret(program, numbers).outputs['y']?.data ?? new Float64Array();
  const kept = data.filter((x) => x !== 0);
  expect(kept.every((x) => Math.abs(x - 1 / 0.7) < 1e-12)).toBe(true);
  expect(Math.abs(kept.length / data.length - 0.7)).toBeLessThan(0.02);
});

test('drops exactly where the random number is below the rate', () => {
  const { program } = lowered(dropout, { rate: 0.5, noiseShape: null }, [[1, 3]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 3], [1, 2, 3]), random0: numericArray([1, 3], [0.49, 0.5, 0.9]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([0, 4, 6]);
});

test('draws nothing when predicting, and everything falls at rate 1', () => {
  expect(lowered(dropout, { rate: 0.5, noiseShape: null }, [[1, 3]], { training: false }).program.inputs.map(({ name }) => name)).toEqual(['input0', 'probe']);
  const { program } = lowered(dropout, { rate: 1, noiseShape: null }, [[1, 3]], { training: true });
  expect([...(interpret(program, { input0: 5, random0: 0.999, probe: 1 }).outputs['y']?.data ?? [])]).toEqual([0, 0, 0]);
});

test('says its rate on the node', () => expect(dropout.describe({ rate: 0.3, noiseShape: null })).toBe('rate 0.3'));

test('drops whole images where one draw serves them, as Keras writes it for residual branches', () => {
  const { parameters } = fromKerasConfig(dropout, { rate: 0.5, noise_shape: [null, 1, 1, null] });
  expect(parameters).toEqual({ rate: 0.5, noiseShape: [1, 1, -1] });
  expect(toKerasConfig(dropout, parameters)).toEqual({ rate: 0.5, noise_shape: [null, 1, 1, null] });
  expect(fromKerasConfig(dropout, { rate: 0.5, noise_shape: [1, 3] }).unsupported).toEqual(['noise_shape']);
  const { program } = lowered(dropout, { rate: 0.5, noiseShape: [1, 1] }, [[2, 2, 1]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([2, 2, 1], 1), random0: numericArray([2, 1, 1], [0.4, 0.6]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([0, 0, 2, 2]);
  expect(problemOf(dropout, { noiseShape: [1, 3] }, [[1, 4, 2]]).what).toBe('Its noise shape 1 × 3 does not stretch over 4 × 2.');
});
