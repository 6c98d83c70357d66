import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { rescaling } from './rescaling.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(rescaling, {
  examples: fc.record({ parameters: fc.record({ scale: fc.constantFrom(0, 0.5, -2), offset: fc.constantFrom(0, 1, -0.25) }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle: ({ scale, offset }) => tf.rescaling({ scale, offset }),
});

test('says both numbers on the node', () => {
  const usual = defaults(rescaling.fields);
  const said = [usual, { ...usual, scale: 0.5, offset: 0 }, { ...usual, scales: '1, 2', offsets: '0, 1' }].map((p) => rescaling.describe(p));
  expect(said).toEqual(['× 2 − 1', '× 0.5 + 0', '× 1, 2 + (0, 1)']);
});

test('takes from Keras what Keras leaves out, and lists of numbers, also as arrays', () => {
  expect(fromKerasConfig(rescaling, { scale: 3 }).parameters).toMatchObject({ scale: 3, offset: 0 });
  const array = { class_name: '__numpy__', config: { value: [0, 1], dtype: 'float32' } };
  const lists = { scales: '1, 2', offsets: '0, 1' };
  expect(fromKerasConfig(rescaling, { scale: [1, 2], offset: array }).parameters).toMatchObject(lists);
  expect(toKerasConfig(rescaling, { ...defaults(rescaling.fields), ...lists })).toEqual({ scale: [1, 2], offset: [0, 1] });
  expect(fromKerasConfig(rescaling, { scale: [['a']], offset: 0 }).unsupported).toEqual(['scale', 'offset']);
});

test('takes one number for each channel, and says where there are too few', () => {
  const { program } = lowered(rescaling, { ...defaults(rescaling.fields), scales: '1, 2', offset: 0 }, [[1, 2, 2]], { training: false });
  const { outputs } = interpret(program, { input0: numericArray([1, 2, 2], [1, 1, 3, 3]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([1, 2, 3, 6]);
  expect(problemOf(rescaling, { scales: '1, 2, 3' }, [[1, 4, 2]]).what).toBe('It has 3 numbers for the channels, but its input has 2.');
  expect(shapesAfterRepairs(rescaling, { scales: '1, 2, 3' }, [[1, 4, 2]])).toEqual([['Use the same for all', [4, 2]]]);
});
