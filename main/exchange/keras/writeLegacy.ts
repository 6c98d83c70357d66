// A trained network as an .h5 file, the format before .keras, which Keras 3 opens with `load_model` and nothing else. The configuration is the
// same as in a .keras file. Layout: keras/src/legacy/saving/legacy_h5_format.py.
//
// The optimizer's state is left out: Keras 3 (3.15 as well) makes the optimizer of such a file for no variables at all, so that a model whose
// file has `optimizer_weights` cannot be trained on (“Unknown variable”), those that it wrote itself included. Without them it starts anew.

import type { File, Group } from 'h5wasm';
import { atomicWrite } from '../../files/atomicWrite.ts';
import type { Trained } from '../trained.ts';
import { groupAt, hdf5Bytes, putTensor } from './hdf5Bytes.ts';
import { inParts } from './inParts.ts';
import { remarksOn } from './remarks.ts';
import { kerasVersion, modelConfig, trainingConfig } from './writeConfig.ts';
import { tensorOf } from './writeWeights.ts';
import { type WrittenLayer, type WrittenModel, writtenModel } from './writtenLayers.ts';

/** Bytes that an attribute may have, as Keras counts them. */
const attributeLimit = 64_512;
/** What HDF5 needs in the attribute for a text of any length; the text itself stands elsewhere. */
const textBytes = 16;

/** Writes atomically. Gives what a person should know of the file, in sentences. @throws NetwrightError for a network that Keras cannot have */
export async function writeLegacy(path: string, given: Trained): Promise<readonly string[]> {
  const trained = inParts(given),
    model = writtenModel(trained);
  await atomicWrite(
    path,
    await hdf5Bytes((file) => {
      writeTexts(file, model, trained);
      writeWeights(file.create_group('model_weights'), model, trained);
    }),
  );
  return remarksOn(model, given);
}

/** Optimizers that Keras (3.15) looks for in vain in files of this format, its own included (“Could not interpret optimizer identifier”): the model opens uncompiled. */
const unreadable: readonly string[] = ['lamb'];

function writeTexts(file: File, model: WrittenModel, trained: Trained): void {
  origin(file);
  const { class_name, config } = modelConfig(model);
  file.create_attribute('model_config', JSON.stringify({ class_name, config }));
  const training = trainingConfig(model, trained);
  if (!training || unreadable.includes(trained.settings.optimizer.id)) return;
  const { optimizer, ...rest } = training;
  file.create_attribute('training_config', JSON.stringify({ ...rest, optimizer_config: optimizer }));
}

/** Which Keras and which library of numbers such a file says that it is from: those of current Keras. */
function origin(group: Group): void {
  group.create_attribute('keras_version', kerasVersion);
  group.create_attribute('backend', 'tensorflow');
}

function writeWeights(group: Group, model: WrittenModel, trained: Trained): void {
  origin(group);
  // Neither operations nor the input of a Sequential are layers of the model.
  const layers = model.layers.filter((layer) => layer.group !== '');
  writeNames(
    group,
    'layer_names',
    layers.map(({ name }) => name),
  );
  for (const layer of layers) writeLayer(group.create_group(layer.name), layer, trained);
  // Weights of the model itself, beside its layers: none.
  writeNames(group.create_group(modelItself), 'weight_names', []);
}

/** Keras' own group between those of the layers; no layer is called so. */
const modelItself = 'top_level_model_weights';

/** All weights of a layer by their paths: those that are trained stand before the others. */
function writeLayer(group: Group, { name, node, weights }: WrittenLayer, trained: Trained): void {
  writeNames(
    group,
    'weight_names',
    weights.map((weight) => `${name}/${weight.name}`),
  );
  for (const weight of weights) {
    const steps = [name, ...weight.name.split('/')];
    putTensor(groupAt(group, steps.slice(0, -1).join('/')), steps.at(-1) as string, tensorOf(trained, `${node.name}/${weight.name}`));
  }
}

/** A list of names; one too long for an attribute in numbered pieces (`layer_names0`, …). */
function writeNames(group: Group, attribute: string, names: readonly string[]): void {
  const each = Math.max(textBytes, ...names.map((name) => Buffer.byteLength(name)));
  const most = Math.max(1, Math.floor(attributeLimit / each));
  if (names.length <= most) writeList(group, attribute, names);
  else for (let i = 0; i * most < names.length; i++) writeList(group, `${attribute}${i}`, names.slice(i * most, (i + 1) * most));
}

/** An empty list is one of numbers, as Keras writes it. */
function writeList(group: Group, attribute: string, names: readonly string[]): void {
  if (names.length === 0) group.create_attribute(attribute, new Float64Array(0), [0], '<d');
  else group.create_attribute(attribute, [...names], [names.length], 'S');
}
