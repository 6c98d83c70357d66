import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { images, pairOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { upSampling2d } from './upSampling2d.ts';

proveLayer(upSampling2d, {
  examples: fc.record({
    parameters: fc.record({ size: pairOf(3), interpolation: fc.constantFrom('nearest', 'bilinear', 'bicubic') }),
    inputs: fc.tuple(images(3)),
  }),
  // tfjs blends between corners, Keras 3 between centres.
  oracle: ({ size, interpolation }) => (interpolation !== 'nearest' ? null : tf.upSampling2d({ size: [...size] })),
  runs: 40,
});

test('blends between the centres of the old places and holds the ends', () => {
  const { program } = lowered(upSampling2d, { size: [1, 2], interpolation: 'bilinear' }, [[1, 1, 3, 1]], { training: false });
  closeTo(interpret(program, { input0: numericArray([1, 1, 3, 1], [0, 4, 8]), probe: 1 }).outputs['y']?.data ?? [], [0, 1, 3, 5, 7, 8], 1e-12);
});

test('a smooth curve between the old places, as Keras 3.15 on TensorFlow has it', () => {
  const { program } = lowered(upSampling2d, { size: [2, 1], interpolation: 'bicubic' }, [[1, 5, 1, 1]], { training: false });
  const found = interpret(program, { input0: numericArray([1, 5, 1, 1], [1, 4, 2, 7, 3]), probe: 1 }).outputs['y']?.data ?? [];
  closeTo(found, [0.735294, 1.613139, 3.473282, 3.6875, 2.125, 2.96875, 6.21875, 6.458015, 3.868613, 2.647059], 1e-5);
});

test('says both parameters on the node, and names an interpolation it does not have', () => {
  expect(upSampling2d.describe({ size: [2, 3], interpolation: 'nearest' })).toBe('2 × 3 times · nearest');
  expect(fromKerasConfig(upSampling2d, { size: 3, interpolation: 'lanczos3' })).toMatchObject({
    parameters: { size: [3, 3], interpolation: 'nearest' },
    unsupported: ['interpolation'],
  });
  expect(problemOf(upSampling2d, {}, [[1, 5, 5]]).code).toBe('rank');
});
