import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret } from '../../tensor/interpret.ts';
import { conv1d } from './conv1d.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { sequences, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv1d.fields);

const parameters = fc
  .record({
    filters: size(3),
    kernelSize: size(3),
    strides: size(2),
    padding: fc.constantFrom('valid', 'same', 'causal'),
    activation: tfActivation,
    dilationRate: size(2),
    useBias: fc.boolean(),
    groups: size(2),
  })
  .map((p) => ({ ...p, filters: p.filters * p.groups, dilationRate: p.strides > 1 ? 1 : p.dilationRate }));

proveLayer(conv1d, {
  examples: fc
    .record({ parameters, input: sequences })
    .map(({ parameters: p, input: [batch = 1, steps = 1, features = 1] }) => ({ parameters: p, inputs: [[batch, steps + 4, features * p.groups]] })),
  // tfjs has neither groups nor causal padding.
  oracle({ filters, kernelSize, strides, padding, dilationRate, groups, activation: id, useBias }) {
    const activation = tfNameOf(id);
    if (groups > 1 || padding === 'causal' || !activation) return null;
    return tf.conv1d({ filters, kernelSize, strides, padding, dilationRate, activation, useBias });
  },
  runs: 40,
});

test('causal padding lets no output see a later step', () => {
  const { program, outputShape } = lowered(conv1d, { ...usual, filters: 1, padding: 'causal', kernelSize: 3, dilationRate: 2 }, [[1, 6, 2]], {
    training: false,
  });
  expect(outputShape).toEqual([1, 6, 1]);
  const numbers = randomNumbers(program, 2);
  const changed = { ...numbers, input0: { shape: [1, 6, 2], data: (numbers['input0']?.data ?? new Float64Array()).map((x, i) => (i >= 8 ? x + 1 : x)) } };
  const before = interpret(program, numbers).outputs['y']?.data ?? [],
    after = interpret(program, changed).outputs['y']?.data ?? [];
  expect([...before].map((x, i) => x === after[i])).toEqual([true, true, true, true, false, false]);
});

test('says filters, kernel and one more thing on the node', () => {
  expect(conv1d.describe({ ...usual, filters: 1, padding: 'causal' })).toBe('1 filter · kernel 3 · causal');
  expect(conv1d.describe({ ...usual, strides: 2 })).toBe('32 filters · kernel 3 · stride 2');
});

test('refuses what does not fit, and the repairs mend it', () => {
  expect(problemOf(conv1d, { kernelSize: 4, dilationRate: 2 }, [[1, 6, 1]]).what).toBe(
    'The kernel size of 4, spread by dilation over 7, is larger than the input of 6 steps.',
  );
  expect(shapesAfterRepairs(conv1d, { kernelSize: 4, dilationRate: 2 }, [[1, 6, 1]])).toEqual([
    ['Set padding to “same”', [6, 32]],
    ['Set kernel size to 3', [2, 32]],
  ]);
  expect(shapesAfterRepairs(conv1d, { strides: 2, dilationRate: 2 }, [[1, 9, 1]])).toEqual([
    ['Set dilation to 1', [4, 32]],
    ['Set stride to 1', [5, 32]],
  ]);
  expect(problemOf(conv1d, { groups: 3 }, [[1, 9, 2]]).code).toBe('groups');
  expect(problemOf(conv1d, {}, [[1, 9]]).what).toBe('It needs a sequence of steps × features, but gets 9.');
});

test('reads sizes in both of Keras’ forms', () => {
  expect(fromKerasConfig(conv1d, { kernel_size: 5, strides: [2] }).parameters).toMatchObject({ kernelSize: 5, strides: 2, dilationRate: 1 });
  expect(fromKerasConfig(conv1d, { kernel_size: [2, 3] }).unsupported).toContain('kernel_size');
});
