import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { groupNormalization } from './groupNormalization.ts';
import { images, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(groupNormalization, {
  examples: fc
    .record({ groups: size(3), axis: fc.constantFrom(-1, 1, 3), center: fc.boolean(), scale: fc.boolean(), input: images(3) })
    .map(({ input: [batch = 1, rows = 1, columns = 1, channels = 1], ...parameters }) => {
      const times = (at: number) => (parameters.axis === at ? parameters.groups : 1);
      return { parameters, inputs: [[batch, rows * times(1), columns, channels * (parameters.groups / times(1))]] };
    }),
});

test('normalizes every group of channels by itself', () => {
  const { program } = lowered(groupNormalization, { ...defaults(groupNormalization.fields), groups: 2, epsilon: 1e-9 }, [[1, 4]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 4], [1, 3, 10, 50]), gamma: 1, beta: 0, probe: 1 });
  closeTo(outputs['y']?.data ?? [], [-1, 1, -1, 1], 1e-6);
});

test('refuses groups that do not divide the channels, and its repair mends it', () => {
  expect(problemOf(groupNormalization, {}, [[1, 7, 7, 24]])).toMatchObject({ code: 'groups', what: '32 groups cannot share the input’s 24 channels evenly.' });
  expect(shapesAfterRepairs(groupNormalization, {}, [[1, 7, 7, 24]])).toEqual([['Set groups to 24', [7, 7, 24]]]);
  expect(shapesAfterRepairs(groupNormalization, { groups: 5 }, [[1, 24]])).toEqual([['Set groups to 4', [24]]]);
  expect(groupNormalization.describe({ ...defaults(groupNormalization.fields), groups: 1 })).toBe('1 group');
});
