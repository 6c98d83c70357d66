import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { unitNormalization } from './unitNormalization.ts';

proveLayer(unitNormalization, { examples: fc.record({ parameters: fc.record({ axis: fc.constantFrom(-1, 1, 2) }), inputs: fc.tuple(images(4)) }) });

test('leaves the direction, and a vector of zeros without a NaN in either direction', () => {
  const { program } = lowered(unitNormalization, { axis: -1 }, [[2, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([2, 2], [3, -4, 0, 0]), probe: 0 });
  closeTo(outputs['y']?.data ?? [], [0.6, -0.8, 0, 0], 1e-12);
  expect([...(outputs['d/input0']?.data ?? [])].every(Number.isFinite)).toBe(true);
});
