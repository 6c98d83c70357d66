import fc from 'fast-check';
import { proveLayer } from '../testing/proveLayer.ts';
import { convLstm2d } from './convLstm2d.ts';

// That its numbers are Keras' own is shown with models of real Keras (main/exchange/keras/fixtures/make_rarer.py).
proveLayer(convLstm2d, {
  runs: 8,
  examples: fc.record({
    parameters: fc.record({
      filters: fc.constantFrom(1, 2),
      kernelSize: fc.constantFrom<readonly [number, number]>([1, 2], [3, 3], [2, 1]),
      strides: fc.constantFrom<readonly [number, number]>([1, 1], [2, 1]),
      padding: fc.constantFrom('same' as const, 'valid' as const),
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
      useBias: fc.boolean(),
      dropout: fc.constantFrom(0, 0.4),
      recurrentDropout: fc.constantFrom(0, 0.3),
      unitForgetBias: fc.boolean(),
    }),
    inputs: fc.constantFrom([[2, 3, 4, 5, 2]], [[1, 1, 3, 3, 1]]),
  }),
});
