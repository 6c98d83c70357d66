// TensorFlow as tfjs-node-gpu offers it. The package itself is among our dependencies; its compiled part (“addon”) and TensorFlow's libraries are
// installed apart (main/engines). The only place that loads the package.

import { createRequire } from 'node:module';
import { computeInWholeFloat32 } from '../wholeFloat32.ts';
import type { ModelTensor } from './modelTensor.ts';
import { flushSmallNumbers } from './smallNumbers.ts';

/** The part of tfjs-node-gpu's public API that is used here. */
export interface Tensorflow {
  tensor(values: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: 'float32' | 'int32' | 'bool'): ModelTensor;
  /** The device it has found; it does not say where it has looked for a card in vain. */
  backend(): { readonly isUsingGpuDevice?: boolean };
  readonly node: { loadSavedModel(folder: string, tags: string[], signature: string): Promise<LoadedSignature> };
}
export interface LoadedSignature {
  predict(inputs: Readonly<Record<string, ModelTensor>>): Record<string, ModelTensor>;
  dispose(): void;
}

const own = createRequire(import.meta.url);
let loaded: { readonly addon: string; readonly tensorflow: Tensorflow } | null = null;

/** The package asks node-pre-gyp where its addon is, and looks only inside itself: this answers with the installed one. */
function answerWhere(addon: string): void {
  const file = createRequire(own.resolve('@tensorflow/tfjs-node-gpu/package.json')).resolve('@mapbox/node-pre-gyp');
  const answer = { id: file, filename: file, loaded: true, exports: { find: () => addon } };
  own.cache[file] = answer as unknown as NodeJS.Module;
}

/** The package calls a function that Node 23 has dropped. */
function supplyDroppedFunction(): void {
  const util = own('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

export interface Threads {
  /** For one operation. */
  readonly count: number;
  /** Whether operations also run beside each other; a short program loses more by handing them over than it gains. */
  readonly beside: boolean;
}

/**
 * Loads TensorFlow, once in a process.
 * @param addon the compiled part's file
 * @param threads the first call decides
 * @throws Error where the addon or its libraries cannot be loaded
 */
export async function loadTensorflow(addon: string, threads: Threads): Promise<Tensorflow> {
  if (!threads.beside) await flushSmallNumbers();
  return inProcess(addon, threads);
}

function inProcess(addon: string, { count, beside }: Threads): Tensorflow {
  if (loaded && loaded.addon !== addon) throw new Error(`TensorFlow is already loaded from ${loaded.addon}.`);
  if (loaded) return loaded.tensorflow;
  // A negative number: one operation after another, in the thread that asks, which is Node's own. A thread of the pool took 7 % longer for the MLP.
  Object.assign(process.env, { TF_CPP_MIN_LOG_LEVEL: '3', TF_NUM_INTRAOP_THREADS: String(count), TF_NUM_INTEROP_THREADS: String(beside ? count : -1) });
  computeInWholeFloat32();
  answerWhere(addon);
  supplyDroppedFunction();
  const tensorflow = own('@tensorflow/tfjs-node-gpu') as Tensorflow;
  loaded = { addon, tensorflow };
  return tensorflow;
}
