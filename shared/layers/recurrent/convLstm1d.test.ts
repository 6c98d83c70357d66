import fc from 'fast-check';
import { proveLayer } from '../testing/proveLayer.ts';
import { convLstm1d } from './convLstm1d.ts';

// That its numbers are Keras' own is shown with models of real Keras (main/exchange/keras/fixtures/make_rarer.py).
proveLayer(convLstm1d, {
  runs: 8,
  examples: fc.record({
    parameters: fc.record({
      filters: fc.constantFrom(1, 2),
      kernelSize: fc.constantFrom(1, 2, 3),
      strides: fc.constantFrom(1, 2),
      padding: fc.constantFrom('same' as const, 'valid' as const),
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
      useBias: fc.boolean(),
      dropout: fc.constantFrom(0, 0.4),
      recurrentDropout: fc.constantFrom(0, 0.3),
      unitForgetBias: fc.boolean(),
    }),
    inputs: fc.constantFrom([[2, 3, 5, 2]], [[1, 2, 4, 1]]),
  }),
});
