import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { permute } from './permute.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(permute, {
  examples: shapeOf(1, 3).chain((shape) => {
    const axes = shape.slice(1).map((_, i) => i + 1);
    return fc.record({ parameters: fc.record({ dims: fc.shuffledSubarray(axes, { minLength: axes.length }) }), inputs: fc.constant([shape]) });
  }),
  oracle: ({ dims }) => tf.permute({ dims: [...dims] }),
});

test('2, 1 makes rows of columns', () => {
  const { program } = lowered(permute, { dims: [2, 1] }, [[1, 2, 3]], { training: false });
  expect([...(interpret(program, { input0: numericArray([1, 2, 3], [1, 2, 3, 4, 5, 6]), probe: 1 }).outputs['y']?.data ?? [])]).toEqual([1, 4, 2, 5, 3, 6]);
});

test('refuses an order that is none, and its repair mends it', () => {
  expect(problemOf(permute, { dims: [1, 1] }, [[1, 4, 5]])).toMatchObject({
    code: 'permutation',
    what: 'The order 1, 1 does not name each of the input’s 2 axes once.',
  });
  expect(shapesAfterRepairs(permute, { dims: [2, 1] }, [[1, 4, 5, 6]])).toEqual([['Set order to 3, 2, 1', [6, 5, 4]]]);
});
