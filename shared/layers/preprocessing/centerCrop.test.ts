import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { centerCrop } from './centerCrop.ts';
import { images, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(centerCrop, { examples: fc.record({ parameters: fc.record({ height: size(5), width: size(5) }), inputs: fc.tuple(images(6)) }) });

test('takes the middle', () => {
  const { program } = lowered(centerCrop, { height: 2, width: 1 }, [[1, 4, 3, 1]], { training: false });
  const input0 = numericArray(
    [1, 4, 3, 1],
    Array.from({ length: 12 }, (_, i) => i),
  );
  expect([...(interpret(program, { input0, probe: numericArray([1, 2, 1, 1], 0) }).outputs['y']?.data ?? [])]).toEqual([4, 7]);
  expect(centerCrop.describe({ height: 2, width: 1 })).toBe('2 × 1');
});
