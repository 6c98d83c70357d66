// Numbers below float32's normal range count as 0 in Node's own thread, as in the threads of TensorFlow's pool. A processor takes many times as
// long for them, and a saturated network is full of them: an LSTM's step took sixteen times as long. Neither Node nor the addon can ask the
// processor for it; ONNX Runtime, which comes with the app, does so for the thread that opens its first session, and it stays.

import ort from 'onnxruntime-node';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import { emitOnnx } from '../../../emit/onnx/emit.ts';

let done: Promise<void> | null = null;

/** Once in a process; takes 70 ms and 28 MiB. Where ONNX Runtime cannot be loaded all goes on as it is. */
export function flushSmallNumbers(): Promise<void> {
  done ??= openSmallest().catch(() => undefined);
  return done;
}

async function openSmallest(): Promise<void> {
  const builder = createBuilder();
  const model = emitOnnx(builder.build([{ name: 'y', tensor: builder.negate(builder.input('x', [1], 'float32', { kind: 'data' })) }]));
  const session = await ort.InferenceSession.create(model, {
    ...{ executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 },
    extra: { session: { set_denormal_as_zero: '1' } },
  });
  await session.release();
}
