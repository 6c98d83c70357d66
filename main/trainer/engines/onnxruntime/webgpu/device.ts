// The device of this process. It lives as long as a session is open on it, and with it the shaders that it has compiled: one small session is kept
// open, so that later ones find them ready. On software, that made a second self-test twenty times quicker.

import ort, { type InferenceSession } from 'onnxruntime-node';
import { GraphWriter } from '../../../../emit/onnx/graphWriter.ts';
import { onDevice } from './options.ts';

let kept: Promise<InferenceSession> | null = null;

function open(): Promise<InferenceSession> {
  const graph = new GraphWriter();
  graph.input('x', 'float32', [1]);
  graph.output('y', graph.node('Neg', ['x']), 'float32', [1]);
  return ort.InferenceSession.create(graph.model(), onDevice());
}

/** Keeps the device until the process ends. @throws Error where there is none */
export async function holdDevice(): Promise<void> {
  kept ??= open();
  try {
    await kept;
  } catch (error) {
    kept = null;
    throw error;
  }
}
