import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identity } from './identity.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(identity, { examples: fc.record({ parameters: fc.constant({}), inputs: fc.tuple(shapeOf(1, 3)) }) });

test('computes nothing', () => {
  const { outputShape, weights } = lowered(identity, {}, [[2, 3]], { training: true });
  expect([outputShape, weights]).toEqual([[2, 3], []]);
});
