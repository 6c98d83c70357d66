// ONNX Runtime on CUDA against the reference interpreter, where its library and a card are: every operation, layer, loss and metric, a step of every
// optimizer, and whole sessions. Part of `npm run conformance:gpu`, which says so where CUDA is absent.

import ort from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { createBuilder } from '../../../../../shared/tensor/builder.ts';
import { proveProvider } from '../../testing/providerConformance.ts';
import { computeInWholeFloat32 } from '../../wholeFloat32.ts';
import { runOnnx } from '../testing/runOnnx.ts';
import { onnxruntimeOnGpu } from './index.ts';

const onCuda: ort.InferenceSession.SessionOptions = { executionProviders: ['cuda'], graphOptimizationLevel: 'all', logSeverityLevel: 4 };

/** Why CUDA cannot be tested: a model of one operation is enough to find the provider's library and its card. */
async function missing(): Promise<string | null> {
  if (!ort.listSupportedBackends().some(({ name }) => name === 'cuda')) return 'ONNX Runtime is built without it here';
  const builder = createBuilder();
  const program = builder.build([{ name: 'y', tensor: builder.exp(builder.input('x', [1], 'float32', { kind: 'data' })) }]);
  return runOnnx(onCuda, () => ({}))(program, { x: { shape: [1], data: Float64Array.of(0) } }).then(
    () => null,
    (error: Error) => error.message,
  );
}

computeInWholeFloat32();
const absent = await missing();

if (absent === null) {
  proveProvider(
    runOnnx(onCuda, () => ({})),
    () => onnxruntimeOnGpu('cuda'),
  );
} else {
  it(`CUDA is ABSENT, so not tested (${absent})`, () => expect(absent).not.toBe(''));
}
