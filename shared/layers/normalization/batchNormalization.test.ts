import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { batchNormalization } from './batchNormalization.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(batchNormalization, {
  examples: fc.record({
    parameters: fc.record({ momentum: fc.constantFrom(0.5, 0.99), epsilon: fc.constantFrom(0.001, 0.1), center: fc.boolean(), scale: fc.boolean() }),
    inputs: fc.tuple(shapeOf(1, 3).map(([batch = 1, ...rest]) => [batch + 1, ...rest])),
  }),
  oracle: ({ momentum, epsilon, center, scale }) => tf.batchNormalization({ momentum, epsilon, center, scale }),
});

test('uses the batch while training and moves its averages by the population variance', () => {
  const { program, weights } = lowered(batchNormalization, { ...defaults(batchNormalization.fields), momentum: 0.9 }, [[4, 1]], { training: true });
  expect(weights.map(({ name, options }) => [name, options.trainable !== false])).toEqual([
    ['gamma', true],
    ['beta', true],
    ['moving_mean', false],
    ['moving_variance', false],
  ]);
  const input0 = numericArray([4, 1], [1, 2, 3, 6]);
  const { outputs, updates } = interpret(program, { input0, gamma: 1, beta: 0, moving_mean: 0, moving_variance: 1, probe: 1 });
  closeTo(
    outputs['y']?.data ?? [],
    [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5 + 0.001)),
    1e-12,
  );
  closeTo(updates['moving_mean']?.data ?? [], [0.3], 1e-12);
  closeTo(updates['moving_variance']?.data ?? [], [0.9 + 0.35], 1e-12);
});

test('changes nothing when predicting', () => {
  expect(lowered(batchNormalization, defaults(batchNormalization.fields), [[4, 1]], { training: false }).program.updates).toEqual([]);
});
