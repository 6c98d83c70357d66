import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { relu } from './relu.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(relu.fields);

proveLayer(relu, {
  examples: fc.record({
    parameters: fc.record({ maxValue: fc.constantFrom(0, 0, 0.5, 6), negativeSlope: fc.constantFrom(0, 0.2), threshold: fc.constantFrom(0, 0, 0.25) }),
    inputs: fc.tuple(shapeOf(1, 3)),
  }),
  // tfjs knows the largest value only.
  oracle: ({ maxValue, negativeSlope, threshold }) => (negativeSlope > 0 || threshold > 0 ? null : tf.reLU(maxValue > 0 ? { maxValue } : {})),
  runs: 40,
});

test('cuts at both ends and keeps a slope below the threshold', () => {
  const { program } = lowered(relu, { maxValue: 2, negativeSlope: 0.5, threshold: 1 }, [[1, 4]], { training: false });
  expect([...(interpret(program, { input0: numericArray([1, 4], [-1, 0.5, 1.5, 9]), probe: 1 }).outputs['y']?.data ?? [])]).toEqual([-1, -0.25, 1.5, 2]);
});

test('says on the node what is set', () => {
  expect(relu.describe(usual)).toBe('max(0, x)');
  expect(relu.describe({ maxValue: 6, negativeSlope: 0.1, threshold: 1 })).toBe('up to 6 · slope 0.1 below · from 1');
});

test('Keras’ largest value of 0 is named as what cannot be carried', () => {
  expect(fromKerasConfig(relu, { max_value: 0 }).unsupported).toEqual(['max_value']);
  expect(fromKerasConfig(relu, { max_value: null })).toEqual({ parameters: usual, unsupported: [] });
});
