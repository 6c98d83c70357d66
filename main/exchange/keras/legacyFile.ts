// The older format: one HDF5 file (.h5, .hdf5) with the configuration as texts and the weights under their layers' names.
// Layout: keras/src/legacy/saving/legacy_h5_format.py. Written by Keras 1 to 3.

import { readFile } from 'node:fs/promises';
import type { StoredTensor } from '../../files/safetensors.ts';
import { Hdf5File } from '../hdf5File.ts';
import { modelError } from '../modelError.ts';
import { type LayerPlace, majorVersion, parseConfig, type SavedModel } from './savedModel.ts';

/** Opens such a file; the function given works with it while it is open. @throws NetwrightError of kind `project` */
export async function withLegacyFile<T>(path: string, where: string, work: (model: SavedModel) => T): Promise<T> {
  const file = await Hdf5File.open(await readFile(path), where);
  try {
    return work(modelIn(file, where));
  } finally {
    file.close();
  }
}

function modelIn(file: Hdf5File, where: string): SavedModel {
  const config = file.text('', 'model_config');
  if (config === null)
    throw modelError(
      'keras-no-config',
      where,
      `${where} holds no model, perhaps only weights: there is no “model_config” in it. Save the whole model with model.save.`,
    );
  const training = file.text('', 'training_config');
  return {
    where,
    model: parseConfig(config, `${where}: model_config`),
    training: training === null ? null : parseConfig(training, `${where}: training_config`),
    version: majorVersion(file.text('', 'keras_version') ?? file.text('model_weights', 'keras_version') ?? '1'),
    together: true,
    weightsOf: (layer) => weightsOf(file, layer),
  };
}

function weightsOf(file: Hdf5File, { outer: name }: LayerPlace): readonly StoredTensor[] {
  const root = `model_weights/${name}`;
  return (file.texts(root, 'weight_names') ?? []).map((weight) => {
    const tensor = file.tensor(`${root}/${weight}`);
    if (tensor) return tensor;
    throw modelError(
      'keras-weight-missing',
      `${file.where}: ${name}`,
      `${file.where}: the weight “${weight}” of layer “${name}” is listed but not there. Use a complete copy.`,
    );
  });
}
