import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret } from '../../tensor/interpret.ts';
import { conv2d } from './conv2d.ts';
import { images, pairOf, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { lowered, randomNumbers } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(conv2d.fields);

const parameters = fc
  .record({
    filters: size(3),
    kernelSize: pairOf(3),
    strides: pairOf(3),
    padding: fc.constantFrom('valid', 'same'),
    activation: tfActivation,
    dilationRate: pairOf(2),
    useBias: fc.boolean(),
    groups: size(2),
  })
  .map((p) => ({ ...p, filters: p.filters * p.groups, dilationRate: Math.max(...p.strides) > 1 ? ([1, 1] as const) : p.dilationRate }));

proveLayer(conv2d, {
  examples: fc.record({ parameters, input: images(6) }).map(({ parameters: p, input: [batch = 1, rows = 1, columns = 1, channels = 1] }) => ({
    parameters: p,
    inputs: [[batch, rows + 4, columns + 4, channels * p.groups]],
  })),
  oracle({ filters, kernelSize, strides, padding, dilationRate, groups, activation: id, useBias }) {
    const activation = tfNameOf(id);
    if (groups > 1 || !activation) return null;
    return tf.conv2d({ filters, kernelSize: [...kernelSize], strides: [...strides], padding, dilationRate: [...dilationRate], activation, useBias });
  },
  runs: 40,
});

test('with groups is one convolution per group, side by side', () => {
  const grouped = lowered(conv2d, { ...usual, filters: 4, groups: 2, useBias: false }, [[1, 4, 4, 6]], { training: false });
  const single = lowered(conv2d, { ...usual, filters: 2, useBias: false }, [[1, 4, 4, 3]], { training: false });
  const numbers = randomNumbers(grouped.program, 1);
  const part = (values: Float64Array | undefined, group: number, width: number) =>
    (values ?? []).filter((_, i) => Math.floor((i % width) / (width / 2)) === group);
  const whole = interpret(grouped.program, numbers).outputs['y']?.data;
  for (const group of [0, 1]) {
    const input0 = { shape: [1, 4, 4, 3], data: Float64Array.from(part(numbers['input0']?.data, group, 6)) };
    const kernel = { shape: [3, 3, 3, 2], data: Float64Array.from(part(numbers['kernel']?.data, group, 4)) };
    const alone = interpret(single.program, { input0, kernel, probe: 0 }).outputs['y']?.data;
    expect([...part(whole, group, 4)]).toEqual([...(alone ?? [])]);
  }
});

test('says filters, kernel and one more thing on the node', () => {
  expect(conv2d.describe({ ...usual, activation: 'relu' })).toBe('32 filters · 3 × 3 · ReLU');
  expect(conv2d.describe({ ...usual, filters: 64, strides: [2, 2] })).toBe('64 filters · 3 × 3 · stride 2');
  expect(conv2d.describe({ ...usual, filters: 1, kernelSize: [1, 5] })).toBe('1 filter · 1 × 5 · valid');
});

test('refuses a kernel larger than the image, and both repairs mend it', () => {
  expect(problemOf(conv2d, { kernelSize: [5, 5] }, [[1, 3, 3, 64]])).toMatchObject({
    code: 'window-too-large',
    parameter: 'kernelSize',
    what: 'The kernel size of 5 × 5 is larger than the input of 3 × 3.',
  });
  expect(shapesAfterRepairs(conv2d, { kernelSize: [5, 5] }, [[1, 3, 3, 64]])).toEqual([
    ['Set padding to “same”', [3, 3, 32]],
    ['Set kernel size to 3', [1, 1, 32]],
  ]);
});

test('counts dilation when a kernel does not fit', () => {
  expect(problemOf(conv2d, { dilationRate: [3, 1] }, [[1, 4, 4, 1]]).what).toBe(
    'The kernel size of 3 × 3, spread by dilation over 7 × 3, is larger than the input of 4 × 4.',
  );
  expect(shapesAfterRepairs(conv2d, { dilationRate: [3, 1] }, [[1, 4, 4, 1]])).toEqual([
    ['Set padding to “same”', [4, 4, 32]],
    ['Set kernel size to 2 × 3', [1, 2, 32]],
  ]);
});

test('refuses flat input, strides with dilation, and groups that do not divide', () => {
  expect(problemOf(conv2d, {}, [[1, 784]])).toMatchObject({ code: 'rank', what: 'It needs an image of rows × columns × channels, but gets 784.' });
  expect(problemOf(conv2d, {}, [[1, 28, 28]]).what).toBe('It needs an image of rows × columns × channels, but gets 28 × 28.');
  expect(shapesAfterRepairs(conv2d, { strides: [2, 2], dilationRate: [2, 2] }, [[1, 9, 9, 1]])).toEqual([
    ['Set dilation to 1', [4, 4, 32]],
    ['Set stride to 1', [5, 5, 32]],
  ]);
  expect(problemOf(conv2d, { groups: 2 }, [[1, 9, 9, 3]]).what).toBe('2 groups cannot share the input’s 3 channels evenly.');
  expect(problemOf(conv2d, { groups: 2, filters: 5 }, [[1, 9, 9, 4]]).what).toBe('2 groups cannot share its 5 filters evenly.');
});
