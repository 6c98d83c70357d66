import { expect, test } from 'vitest';
import { chooseLoss, usualMetrics } from './chooseLoss.ts';
import { metricOf } from './metrics/index.ts';

test.each([
  ['classes', [10], 'softmax', 'sparseCategoricalCrossentropy', { fromLogits: false }],
  ['classes', [10], 'add', 'sparseCategoricalCrossentropy', { fromLogits: true }],
  ['classes', [2], null, 'sparseCategoricalCrossentropy', { fromLogits: true }],
  ['classes', [10], 'sigmoid', 'sparseCategoricalCrossentropy', { fromLogits: false }],
  ['binary', [1], 'sigmoid', 'binaryCrossentropy', { fromLogits: false }],
  ['binary', [1], 'add', 'binaryCrossentropy', { fromLogits: true }],
  ['binary', [], 'sigmoid', 'binaryCrossentropy', { fromLogits: false }],
  ['binary', [2], 'softmax', 'sparseCategoricalCrossentropy', { fromLogits: false }],
  ['numbers', [3], 'softmax', 'meanSquaredError', {}],
  ['numbers', [1], null, 'meanSquaredError', {}],
] as const)('%s with an output of %j after %s: %s %j', (task, shape, last, id, parameters) =>
  expect(chooseLoss(task, shape, last)).toEqual({ id, parameters }),
);

test('says what to do where none fits', () => {
  expect(() => chooseLoss('classes', [1], 'sigmoid')).toThrow(
    'No loss fits an output of 1. The data has several classes: give the last layer one unit per class, with softmax.',
  );
  expect(() => chooseLoss('binary', [1], 'softmax')).toThrow('Use sigmoid');
});

test.each(['classes', 'binary', 'numbers'] as const)('the usual metrics of %s mean something for it', (task) => {
  expect(usualMetrics(task).length).toBeGreaterThan(0);
  for (const id of usualMetrics(task)) expect(metricOf(id).tasks).toContain(task);
});
