// A SavedModel of ours, loaded: its signatures share one session with the state in it. Written to a temporary folder, since TensorFlow reads models
// from files only.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sizeOf } from '../../../../shared/tensor/types.ts';
import { loadingOf, ROOM } from '../../../emit/graphdef/columns.ts';
import { ASSIGN, emitTrainingModel, READ, type TrainingModel, UNUSED } from '../../../emit/graphdef/trainingModel.ts';
import type { State } from '../engine.ts';
import type { LoadedSignature, Tensorflow } from './library.ts';
import type { FeedBuffer, ModelTensor } from './modelTensor.ts';

export type Feeds = Readonly<Record<string, FeedBuffer>>;
export type Results = Readonly<Record<string, Float32Array | Int32Array | Uint8Array>>;

/** The signatures of a model: where it has no state, there is none to set or to read. */
function signatureNames({ state, columns = [], programs }: TrainingModel): string[] {
  return [...(state.length > 0 ? [ASSIGN, READ] : []), ...(columns.length > 0 ? [ROOM, ...columns.map(loadingOf)] : []), ...Object.keys(programs)];
}

/**
 * Opens a session by its first signature. For each further one the package reads the whole file again, only to look the signature up: it is given a
 * file without the graph.
 */
async function loaded(tensorflow: Tensorflow, description: TrainingModel, folder: string): Promise<ReadonlyMap<string, LoadedSignature>> {
  const file = join(folder, 'saved_model.pb'),
    { model, signatures } = emitTrainingModel(description);
  const found = new Map<string, LoadedSignature>();
  await writeFile(file, model);
  for (const name of signatureNames(description)) {
    if (found.size === 1) await writeFile(file, signatures);
    found.set(name, await tensorflow.node.loadSavedModel(folder, ['serve'], name));
  }
  return found;
}

export class Model {
  private readonly tensorflow: Tensorflow;
  private readonly description: TrainingModel;
  private readonly signatures: ReadonlyMap<string, LoadedSignature>;

  private constructor(tensorflow: Tensorflow, description: TrainingModel, signatures: ReadonlyMap<string, LoadedSignature>) {
    this.tensorflow = tensorflow;
    this.description = description;
    this.signatures = signatures;
  }

  /** @throws Error in TensorFlow's words where it refuses the graph */
  static async load(tensorflow: Tensorflow, description: TrainingModel): Promise<Model> {
    const folder = await mkdtemp(join(tmpdir(), 'netwright-model-'));
    try {
      return new Model(tensorflow, description, await loaded(tensorflow, description, folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  has(signature: string): boolean {
    return this.signatures.has(signature);
  }

  private call<T>(signature: string, feeds: Feeds, read: (results: Record<string, ModelTensor>) => T): T {
    const inputs = Object.fromEntries(Object.entries(feeds).map(([name, { fed, shape, dtype }]) => [name, this.tensorflow.tensor(fed, shape, dtype)]));
    if (Object.keys(feeds).length === 0) inputs[UNUSED] = this.tensorflow.tensor(Int32Array.of(0), [], 'int32');
    let results: Record<string, ModelTensor> = {};
    try {
      const loaded = this.signatures.get(signature);
      if (!loaded) throw new Error(`The model has no signature “${signature}”.`);
      results = loaded.predict(inputs);
      return read(results);
    } finally {
      for (const tensor of [...Object.values(inputs), ...Object.values(results)]) tensor.dispose();
    }
  }

  /** Runs a program; the arrays are the caller's to keep. */
  run(signature: string, feeds: Feeds): Results {
    return this.call(signature, feeds, (results) => Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, tensor.dataSync().slice()])));
  }

  /** @throws Error where a value is missing or has another size */
  assign(state: State): void {
    if (this.description.state.length === 0) return;
    const feeds = this.description.state.map(({ name, shape }, place): [string, FeedBuffer] => {
      const values = state.get(name);
      if (values?.length !== sizeOf(shape)) throw new Error(`The run's state has ${values?.length ?? 'no'} values of “${name}”, not ${sizeOf(shape)}.`);
      return [String(place), { values, fed: values, shape: [values.length], dtype: 'float32' }];
    });
    this.call(ASSIGN, Object.fromEntries(feeds), () => undefined);
  }

  read(): State {
    if (this.description.state.length === 0) return new Map();
    return this.call(
      READ,
      {},
      (results) => new Map(this.description.state.map(({ name }, place) => [name, Float32Array.from(results[place]?.dataSync() as Float32Array)])),
    );
  }

  close(): void {
    for (const signature of this.signatures.values()) signature.dispose();
  }
}
