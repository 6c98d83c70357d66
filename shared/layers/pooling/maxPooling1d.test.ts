import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { maxPooling1d } from './maxPooling1d.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(maxPooling1d.fields);

proveLayer(maxPooling1d, {
  examples: fc
    .record({ parameters: fc.record({ poolSize: size(3), strides: fc.option(size(3)), padding: fc.constantFrom('valid', 'same') }), input: sequences })
    .map(({ parameters, input: [batch = 1, steps = 1, features = 1] }) => ({ parameters, inputs: [[batch, steps + 2, features]] })),
  oracle: ({ poolSize, strides, padding }) => tf.maxPooling1d({ poolSize, strides: strides ?? poolSize, padding }),
});

test('says its window on the node, and the stride where it is another', () => {
  expect([usual, { ...usual, strides: 2 }, { ...usual, poolSize: 3, strides: 1 }].map(maxPooling1d.describe)).toEqual([
    '2 steps',
    '2 steps',
    '3 steps · stride 1',
  ]);
});

test('refuses a window longer than the sequence, and both repairs mend it', () => {
  expect(problemOf(maxPooling1d, { poolSize: 5 }, [[1, 3, 8]]).what).toBe('The pool size of 5 is larger than the input of 3 steps.');
  expect(shapesAfterRepairs(maxPooling1d, { poolSize: 5 }, [[1, 3, 8]])).toEqual([
    ['Set padding to “same”', [1, 8]],
    ['Set pool size to 3', [1, 8]],
  ]);
});
