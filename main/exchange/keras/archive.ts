// The .keras format of Keras 3: a zip of config.json, metadata.json and model.weights.h5.
// Layout: keras/src/saving/saving_lib.py. Weights stand under the layer's class name and count, not under its own name.

import { NetwrightError } from '../../../shared/lib/errors.ts';
import { readZip } from '../../datasets/zip.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { Hdf5File } from '../hdf5File.ts';
import { modelError } from '../modelError.ts';
import { isObject, type LayerPlace, majorVersion, parseConfig, type SavedModel } from './savedModel.ts';

const configName = 'config.json';
const weightsName = 'model.weights.h5';

/** A zip's refusals are about a model here. */
async function entriesOf(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    return await readZip(path);
  } catch (error) {
    throw error instanceof NetwrightError ? modelError(error.code, path, error.message) : error;
  }
}

/** Opens a .keras file; the function given works with it while it is open. @throws NetwrightError of kind `project` */
export async function withArchive<T>(path: string, where: string, work: (model: SavedModel) => T): Promise<T> {
  const entries = await entriesOf(path);
  const [config, weights] = [configName, weightsName].map((name) => entries.get(name));
  if (!config || !weights) {
    const missing = config ? weightsName : configName;
    throw modelError(
      'keras-entries',
      path,
      `${where} is no Keras model: there is no ${missing} in it, only ${[...entries.keys()].slice(0, 8).join(', ') || 'nothing'}. Save the model with model.save("name.keras").`,
    );
  }
  const model = parseConfig(Buffer.from(config).toString('utf8'), `${where}: ${configName}`);
  const file = await Hdf5File.open(weights, `${where}: ${weightsName}`);
  try {
    const training = isObject(model.compile_config) ? model.compile_config : null;
    return work({ where, model, training, version: versionIn(entries, where), together: false, weightsOf: (layer) => weightsOf(file, layer) });
  } finally {
    file.close();
  }
}

function versionIn(entries: ReadonlyMap<string, Uint8Array>, where: string): number {
  const metadata = entries.get('metadata.json');
  return majorVersion(metadata && parseConfig(Buffer.from(metadata).toString('utf8'), `${where}: metadata.json`).keras_version);
}

/** Parts of a layer that hold weights of their own, in the order in which Keras lists them. */
const projections = ['query_dense', '_query_dense', 'key_dense', '_key_dense', '_gate_dense', 'value_dense', '_value_dense', 'output_dense', '_output_dense'];
const parts = ['cell', 'forward_layer', 'backward_layer', 'layer', ...projections];
const maximumDepth = 4;

/** Where Keras puts its layers: since 3, before (2.13), and on Windows, where paths were joined by another sign. */
function rootOf(file: Hdf5File, group: string): string | null {
  const candidates = ['layers/', '_layer_checkpoint_dependencies/', 'layers\\', '_layer_checkpoint_dependencies\\'];
  const found = candidates.find((before) => file.has(before + group));
  return found === undefined ? null : found + group;
}

function weightsOf(file: Hdf5File, { group }: LayerPlace): readonly StoredTensor[] {
  const root = rootOf(file, group);
  return root === null || group === '' ? [] : collect(file, root, 0);
}

function collect(file: Hdf5File, path: string, depth: number): StoredTensor[] {
  const own: StoredTensor[] = [];
  for (let next = file.tensor(`${path}/vars/0`); next !== null; next = file.tensor(`${path}/vars/${own.length}`)) own.push(next);
  if (depth >= maximumDepth) return own;
  const joint = path.includes('\\') ? '\\' : '/';
  return [
    ...own,
    ...parts
      .map((part) => `${path}${joint}${part}`)
      .filter((inner) => file.has(inner))
      .flatMap((inner) => collect(file, inner, depth + 1)),
  ];
}
