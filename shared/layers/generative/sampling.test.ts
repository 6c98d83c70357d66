import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { sampling } from './sampling.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(sampling, {
  examples: fc
    .record({ parameters: fc.record({ klWeight: fc.constantFrom(0, 0.5, 1) }), shape: shapeOf(1, 2) })
    .map(({ parameters, shape }) => ({ parameters, inputs: [shape, shape] })),
});

const at = (training: boolean, mean: number, logVariance: number, epsilon: number) => {
  const { program } = lowered(
    sampling,
    { klWeight: 1 },
    [
      [1, 1],
      [1, 1],
    ],
    { training },
  );
  const { outputs } = interpret(program, {
    input0: numericArray([1, 1], mean),
    input1: numericArray([1, 1], logVariance),
    ...(training ? { random0: numericArray([1, 1], epsilon) } : {}),
    probe: numericArray([1, 1], 0),
  });
  return { z: outputs['y']?.data[0] as number, divergence: outputs['total']?.data[0] as number };
};

test('samples while training and hands on the mean when predicting', () => {
  expect(at(true, 2, Math.log(9), 0.5).z).toBeCloseTo(3.5, 12);
  expect(at(false, 2, Math.log(9), 0).z).toBe(2);
});

test('the divergence is 0 exactly for the standard normal distribution', () => {
  expect(at(true, 0, 0, 1.7).divergence).toBe(0);
  expect(at(false, 3, 0, 0).divergence).toBeCloseTo(4.5, 12);
  expect(at(false, 0, Math.log(4), 0).divergence).toBeCloseTo((4 - 1 - Math.log(4)) / 2, 12);
});

test('says its weight on the node, and what does not fit', () => {
  expect(sampling.describe({ klWeight: 0.5 })).toBe('divergence × 0.5');
  expect(
    problemOf(sampling, {}, [
      [1, 2],
      [1, 3],
    ]),
  ).toMatchObject({ code: 'shape-mismatch', input: 1, what: 'The mean is 2, but the logarithm of the variance is 3.' });
});
