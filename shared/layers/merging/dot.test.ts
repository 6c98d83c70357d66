import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { dot } from './dot.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(dot.fields);

const fromStart = (axis: number) => (axis < 0 ? axis + 3 : axis);
/** Two inputs of two axes each, one of equal size. */
const pairs = fc.record({
  batch: size(2),
  rows: size(3),
  columns: size(3),
  shared: size(4),
  firstAxis: fc.constantFrom(1, 2, -1),
  secondAxis: fc.constantFrom(1, 2, -1),
  normalize: fc.boolean(),
});

proveLayer(dot, {
  examples: pairs.map(({ batch, rows, columns, shared, ...parameters }) => ({
    parameters,
    inputs: [
      parameters.firstAxis === 1 ? [batch, shared, rows] : [batch, rows, shared],
      parameters.secondAxis === 1 ? [batch, shared, columns] : [batch, columns, shared],
    ],
  })),
  // tfjs fails on negative axes in a list.
  oracle: ({ firstAxis, secondAxis, normalize }) => tf.dot({ axes: [fromStart(firstAxis), fromStart(secondAxis)], normalize }),
  runs: 40,
});

test('of two vectors is one number, normalized the cosine between them', () => {
  const of = (normalize: boolean) => {
    const { program, outputShape } = lowered(
      dot,
      { ...usual, normalize },
      [
        [1, 2],
        [1, 2],
      ],
      { training: false },
    );
    expect(outputShape).toEqual([1, 1]);
    return interpret(program, { input0: numericArray([1, 2], [3, 4]), input1: numericArray([1, 2], [2, 0]), probe: 1 }).outputs['y']?.data ?? [];
  };
  closeTo(of(false), [6], 1e-12);
  closeTo(of(true), [0.6], 1e-12);
});

test('names the sizes that do not meet', () => {
  expect(
    problemOf(dot, {}, [
      [1, 5, 4],
      [1, 5, 3],
    ]),
  ).toMatchObject({ code: 'shape-mismatch', input: 1, what: 'It cannot multiply 5 × 4 along its last axis with 5 × 3 along its last axis: 4 values meet 3.' });
  expect(
    problemOf(dot, { firstAxis: 3 }, [
      [1, 4],
      [1, 4],
    ]),
  ).toMatchObject({ code: 'axis', parameter: 'firstAxis' });
  expect(
    problemOf(dot, {}, [
      [1, 4],
      [1, 4],
      [1, 4],
    ]).code,
  ).toBe('too-many-inputs');
});

test('reads one axis for both, and says them on the node', () => {
  expect(fromKerasConfig(dot, { axes: 1, normalize: true })).toEqual({ parameters: { firstAxis: 1, secondAxis: 1, normalize: true }, unsupported: [] });
  expect(fromKerasConfig(dot, { axes: 'all' }).unsupported).toEqual(['axes']);
  expect([dot.describe(usual), dot.describe({ firstAxis: 2, secondAxis: -1, normalize: true })]).toEqual(['last axis', 'axes 2, −1 · cosine']);
});
