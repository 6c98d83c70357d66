import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { elu } from './elu.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(elu, {
  examples: fc.record({ parameters: fc.record({ alpha: fc.constantFrom(0.5, 1, 3) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  // tfjs' ELU knows no other alpha.
  oracle: ({ alpha }) => (alpha === 1 ? tf.elu() : null),
});

test('stays finite where the exponential would not', () => {
  const { program } = lowered(elu, { alpha: 1 }, [[1, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [1000, -1000]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([1000, -1]);
  expect([...(outputs['d/input0']?.data ?? [])]).toEqual([1, 0]);
});
