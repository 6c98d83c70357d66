import fc from 'fast-check';
import { test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { rmsNormalization } from './rmsNormalization.ts';
import { images } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(rmsNormalization, {
  examples: fc.record({ parameters: fc.record({ epsilon: fc.constantFrom(0.01, 0.1) }), inputs: fc.tuple(images(4)) }),
});

test('divides by the root of the mean square and keeps the mean', () => {
  const { program } = lowered(rmsNormalization, { epsilon: 1e-9 }, [[1, 2]], { training: true });
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [1, 7]), scale: numericArray([2], [1, 2]), probe: 1 });
  closeTo(outputs['y']?.data ?? [], [0.2, 2.8], 1e-6);
});
