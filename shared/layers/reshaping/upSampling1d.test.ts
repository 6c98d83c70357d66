import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { upSampling1d } from './upSampling1d.ts';

proveLayer(upSampling1d, { examples: fc.record({ parameters: fc.record({ size: size(3) }), inputs: fc.tuple(sequences) }) });

test('repeats every step', () => {
  const { program } = lowered(upSampling1d, { size: 3 }, [[1, 2, 1]], { training: false });
  expect([...(interpret(program, { input0: numericArray([1, 2, 1], [4, 5]), probe: 1 }).outputs['y']?.data ?? [])]).toEqual([4, 4, 4, 5, 5, 5]);
  expect(upSampling1d.describe({ size: 3 })).toBe('3 ×');
  expect(problemOf(upSampling1d, {}, [[1, 5]]).code).toBe('rank');
});
