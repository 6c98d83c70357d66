import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { activation } from './activation.ts';
import { shapeOf, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(activation, {
  examples: fc.record({ parameters: fc.record({ activation: tfActivation }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle({ activation: id }) {
    const name = tfNameOf(id);
    return name ? tf.activation({ activation: name }) : null;
  },
  runs: 40,
});

test('the binary step is 0 below 0 and 1 from 0 on, and passes no gradient', () => {
  const { program, differentiated } = lowered(activation, { activation: 'binaryStep' }, [[1, 4]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 4], [-2, -0.001, 0, 3]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([0, 0, 1, 1]);
  expect(differentiated).toEqual([]);
});
