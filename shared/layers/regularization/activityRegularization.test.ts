import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { activityRegularization } from './activityRegularization.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(activityRegularization, {
  examples: fc.record({ parameters: fc.record({ l1: fc.constantFrom(0, 0.1), l2: fc.constantFrom(0, 0.2) }), inputs: fc.tuple(shapeOf(1, 3)) }),
});

test('adds the penalty of an average sample to the loss and changes nothing', () => {
  const { program } = lowered(activityRegularization, { l1: 1, l2: 10 }, [[2, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([2, 2], [1, -2, 0, 3]), probe: 0 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([1, -2, 0, 3]);
  closeTo(outputs['total']?.data ?? [], [(6 + 10 * 14) / 2], 1e-12);
});

test('says its strengths on the node', () => {
  expect([activityRegularization.describe({ l1: 0.1, l2: 0.2 }), activityRegularization.describe({ l1: 0, l2: 0 })]).toEqual(['L1 0.1 · L2 0.2', 'no penalty']);
});
