import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(gaussianNoise, {
  examples: fc.record({ parameters: fc.record({ stddev: fc.constantFrom(0, 0.1, 1) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ stddev }) => tf.gaussianNoise({ stddev }),
});

test('adds normal numbers of that size while training, and draws nothing when predicting', () => {
  const { program } = lowered(gaussianNoise, { stddev: 0.5 }, [[1, 2]], { training: true });
  expect(program.inputs.find(({ name }) => name === 'random0')?.role).toEqual({ kind: 'random', distribution: 'normal', stream: 0 });
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [1, 2]), random0: numericArray([1, 2], [2, -1]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([2, 1.5]);
  expect(lowered(gaussianNoise, { stddev: 0.5 }, [[1, 2]], { training: false }).program.inputs).toHaveLength(2);
  expect(gaussianNoise.describe({ stddev: 0.5 })).toBe('stddev 0.5');
});
