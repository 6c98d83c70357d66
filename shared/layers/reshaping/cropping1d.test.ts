import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { sequences } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { cropping1d } from './cropping1d.ts';

const ends = fc.record({ start: fc.nat({ max: 2 }), end: fc.nat({ max: 2 }) });

proveLayer(cropping1d, {
  examples: fc.record({ parameters: ends, inputs: fc.tuple(sequences.map(([batch = 1, steps = 1, features = 1]) => [batch, steps + 4, features])) }),
});

test('keeps the middle', () => {
  const { program } = lowered(cropping1d, { start: 1, end: 2 }, [[1, 5, 1]], { training: false });
  const { outputs } = interpret(program, { input0: numericArray([1, 5, 1], [1, 2, 3, 4, 5]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([2, 3]);
});

test('refuses to cut everything, and its repair mends it', () => {
  expect(problemOf(cropping1d, { start: 2, end: 1 }, [[1, 3, 4]])).toMatchObject({ code: 'crop-too-large', what: 'Cutting 3 steps off 3 × 4 leaves nothing.' });
  expect(shapesAfterRepairs(cropping1d, { start: 2, end: 1 }, [[1, 3, 4]])).toEqual([['Cut nothing', [3, 4]]]);
});

test('reads one number for both ends, and says them on the node', () => {
  expect(fromKerasConfig(cropping1d, { cropping: 3 })).toEqual({ parameters: { start: 3, end: 3 }, unsupported: [] });
  expect(fromKerasConfig(cropping1d, { cropping: 'same' }).unsupported).toEqual(['cropping']);
  expect([cropping1d.describe({ start: 1, end: 1 }), cropping1d.describe({ start: 0, end: 2 })]).toEqual(['1 at both ends', '0 before, 2 after']);
});
