import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { alphaDropout } from './alphaDropout.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(alphaDropout, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.05, 0.5) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ rate }) => tf.alphaDropout({ rate }),
});

test('is Keras’ affine map: kept where the number is at least the rate, SELU’s lowest value elsewhere', () => {
  const rate = 0.2,
    lowest = -1.7580993408473766;
  const a = ((1 - rate) * (1 + rate * lowest ** 2)) ** -0.5;
  const { program } = lowered(alphaDropout, { rate }, [[1, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [3, 3]), random0: numericArray([1, 2], [0.2, 0.19]), probe: 1 });
  closeTo(outputs['y']?.data ?? [], [a * 3 - a * lowest * rate, a * lowest - a * lowest * rate], 1e-12);
});

test('keeps mean 0 and variance 1', () => {
  const { program } = lowered(alphaDropout, { rate: 0.3 }, [[200, 200]], { training: true });
  const numbers = randomNumbers(program, 11);
  const y = interpret(program, numbers).outputs['y']?.data ?? new Float64Array();
  const mean = y.reduce((sum, x) => sum + x, 0) / y.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(y.reduce((sum, x) => sum + (x - mean) ** 2, 0) / y.length - 1)).toBeLessThan(0.02);
  expect(alphaDropout.describe({ rate: 0.3 })).toBe('rate 0.3');
});
