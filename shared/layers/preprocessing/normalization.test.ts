import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { normalAt } from '../../lib/random.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { normalization } from './normalization.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { prepared } from '../testing/prepared.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(normalization, {
  examples: fc.record({ parameters: fc.record({ axis: fc.constantFrom(-1, 1, null), invert: fc.boolean() }), inputs: fc.tuple(shapeOf(1, 3)) }),
});

test.each([-1, null])('batches of any size make the mean and variance of all samples (axis %s)', (axis) => {
  const rows = Array.from({ length: 11 }, (_, i) => [100 + normalAt(1, i), 5 * normalAt(2, i) - 3]);
  const shape = axis === null ? [] : [2];
  let weights: Record<string, NumericArray> = { mean: numericArray(shape, 0), variance: numericArray(shape, 1), count: numericArray([], 0) };
  for (const [from, to] of [
    [0, 4],
    [4, 8],
    [8, 11],
  ] as const) {
    const { updates } = prepared(normalization, { axis }, numericArray([to - from, 2], rows.slice(from, to).flat()), weights);
    weights = { ...weights, ...updates };
  }
  const columns = axis === null ? [rows.flat()] : [0, 1].map((column) => rows.map((row) => row[column] as number));
  const means = columns.map((column) => column.reduce((sum, x) => sum + x, 0) / column.length);
  const variances = columns.map((column, i) => column.reduce((sum, x) => sum + (x - (means[i] as number)) ** 2, 0) / column.length);
  closeTo(weights['mean']?.data ?? [], means, 1e-9);
  closeTo(weights['variance']?.data ?? [], variances, 1e-9);
  expect(weights['count']?.data[0]).toBe(11);
});

test('says its axis on the node, and refuses one that is not there', () => {
  const usual = defaults(normalization.fields);
  expect([normalization.describe(usual), normalization.describe({ ...usual, axis: null, invert: true })]).toEqual([
    'axis −1',
    'all values together · inverted',
  ]);
  expect(problemOf(normalization, { axis: 2 }, [[1, 3]])).toMatchObject({
    code: 'axis',
    what: 'There is no axis 2 to keep: its input has 1 axis beside the batch.',
  });
  expect(shapesAfterRepairs(normalization, { axis: 0 }, [[1, 3]])).toEqual([['Set axis to −1', [3]]]);
});

test('takes a mean and a variance that are given, and learns none then', () => {
  const usual = defaults(normalization.fields);
  const given = { ...usual, mean: '1, 3', variance: '4, 9' };
  const { program, weights } = lowered(normalization, given, [[1, 2]], { training: false });
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [3, 0]), probe: 1 });
  expect([weights.length, ...(outputs['y']?.data ?? [])]).toEqual([0, 1, -1]);
  expect(normalization.preparation?.plan(given)).toBe(null);
  expect(problemOf(normalization, given, [[1, 3]]).what).toBe('Its mean has 2 numbers, but the axis has 3 places.');
  expect(fromKerasConfig(normalization, { axis: [-1], mean: [1, 3], variance: [4, 9] }).parameters).toMatchObject({ axis: -1, mean: '1, 3', variance: '4, 9' });
  expect(toKerasConfig(normalization, { ...usual, mean: '1', variance: '2' })).toMatchObject({ mean: 1, variance: 2 });
  expect(toKerasConfig(normalization, given)).toMatchObject({ axis: [-1], mean: [1, 3], variance: [4, 9] });
});

test('names what of Keras it cannot carry', () => {
  expect(fromKerasConfig(normalization, { axis: [-1], mean: [1], variance: null }).unsupported).toEqual(['axis', 'mean', 'variance']);
  expect(fromKerasConfig(normalization, { axis: [1, 2] }).unsupported).toEqual(['axis']);
  expect(fromKerasConfig(normalization, { axis: [] }).parameters).toMatchObject({ axis: null, mean: '', variance: '' });
});
