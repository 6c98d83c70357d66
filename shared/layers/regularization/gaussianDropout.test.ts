import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { gaussianDropout } from './gaussianDropout.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(gaussianDropout, {
  examples: fc.record({ parameters: fc.record({ rate: fc.constantFrom(0, 0.1, 0.5, 0.9) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ rate }) => tf.gaussianDropout({ rate }),
});

test('multiplies by numbers around 1 while training, and draws nothing when predicting', () => {
  const { program } = lowered(gaussianDropout, { rate: 0.2 }, [[1, 3]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 3], [1, 2, 4]), random0: numericArray([1, 3], [0, 2, -1]), probe: 1 });
  closeTo(outputs['y']?.data ?? [], [1, 4, 2], 1e-12);
  expect(lowered(gaussianDropout, { rate: 0.2 }, [[1, 3]], { training: false }).program.inputs).toHaveLength(2);
  expect(gaussianDropout.describe({ rate: 0.2 })).toBe('rate 0.2');
});
