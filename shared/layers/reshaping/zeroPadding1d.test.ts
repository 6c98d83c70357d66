import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { fromKerasConfig } from '../kerasConfig.ts';
import { sequences } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { zeroPadding1d } from './zeroPadding1d.ts';

const ends = fc.record({ start: fc.nat({ max: 2 }), end: fc.nat({ max: 2 }) });

proveLayer(zeroPadding1d, { examples: fc.record({ parameters: ends, inputs: fc.tuple(sequences) }) });

test('puts zeros at both ends', () => {
  const { program } = lowered(zeroPadding1d, { start: 1, end: 2 }, [[1, 2, 1]], { training: false });
  const { outputs } = interpret(program, { input0: numericArray([1, 2, 1], [7, 8]), probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([0, 7, 8, 0, 0]);
});

test('reads one number for both ends, and says them on the node', () => {
  expect(fromKerasConfig(zeroPadding1d, { padding: 3 })).toEqual({ parameters: { start: 3, end: 3 }, unsupported: [] });
  expect(fromKerasConfig(zeroPadding1d, { padding: 'same' }).unsupported).toEqual(['padding']);
  expect([zeroPadding1d.describe({ start: 1, end: 1 }), zeroPadding1d.describe({ start: 0, end: 2 })]).toEqual(['1 at both ends', '0 before, 2 after']);
});
