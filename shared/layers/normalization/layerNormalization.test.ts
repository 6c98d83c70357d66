import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { layerNormalization } from './layerNormalization.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(layerNormalization, {
  examples: fc.record({
    parameters: fc.record({ axis: fc.constantFrom(-1, 1, 2), epsilon: fc.constantFrom(0.001, 0.1), center: fc.boolean(), scale: fc.boolean() }),
    inputs: fc.tuple(images(4)),
  }),
  oracle: ({ axis, epsilon, center, scale }) => tf.layerNormalization({ axis, epsilon, center, scale }),
});

test('looks at one sample only, while training too', () => {
  const { program } = lowered(layerNormalization, { ...defaults(layerNormalization.fields), epsilon: 1e-9 }, [[2, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([2, 2], [1, 3, 100, 300]), gamma: 2, beta: 1, probe: 1 });
  closeTo(outputs['y']?.data ?? [], [-1, 3, -1, 3], 1e-6);
  expect(program.updates).toEqual([]);
});

test('refuses an axis that is not there', () => expect(problemOf(layerNormalization, { axis: 2 }, [[1, 8]]).code).toBe('axis'));
