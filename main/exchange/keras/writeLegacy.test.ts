// Writing .h5 files: the round trip through our own reader, the same as through .keras. That Keras itself opens them is shown by e2e/keras.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { analyze } from '../../../shared/compile/index.ts';
import { chain } from '../../../shared/network/templates/template.ts';
import { defaultTrainingSettings } from '../../../shared/training/settings.ts';
import type { ImportedModel } from '../imported.ts';
import { Hdf5File } from '../hdf5File.ts';
import { fixture } from '../testing/modelFiles.ts';
import type { Trained } from '../trained.ts';
import { readKeras } from './readKeras.ts';
import { writeKeras } from './writeKeras.ts';
import { writeLegacy } from './writeLegacy.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-legacy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [newer, older] = ['written.keras', 'written.h5'].map((name) => join(folder, name)) as [string, string];

/** As if a run had ended with these weights. */
const trained = ({ network, weights, training }: Pick<ImportedModel, 'network' | 'weights' | 'training'>): Trained => ({
  network,
  analysis: analyze(network, { dataset: null }),
  settings: { ...defaultTrainingSettings, ...training },
  dataset: {
    ...{ id: 'any', title: 'Any', about: 'Any data.', task: 'classes', classNames: ['a', 'b', 'c'], samples: { train: 10, test: 0 } },
    ...{ features: { name: 'x', shape: [4], dtype: 'float32' }, labels: { name: 'y', shape: [], dtype: 'int32' } },
    ...{ look: 'table', source: 'a test', licence: 'none', origin: 'file' },
  },
  state: weights,
  step: 12,
  learningRate: 0.004,
});
const written = async <T>(model: Trained, look: (file: Hdf5File) => T): Promise<T> => {
  await writeLegacy(older, model);
  const file = await Hdf5File.open(readFileSync(older), 'written.h5');
  try {
    return look(file);
  } finally {
    file.close();
  }
};

test.each(['perceptrons', 'recurrent', 'residual', 'two-words', 'masked', 'attentive', 'volumes', 'steps', 'nested', 'states'])(
  '%s written as .h5 and read again is what .keras gives: layers, wires, weights, loss, optimizer',
  async (name) => {
    const imported = await readKeras(fixture(`${name}.keras`));
    const model = trained({ ...imported, training: { loss: 'meanSquaredError', ...imported.training } });
    await Promise.all([writeLegacy(older, model), writeKeras(newer, model)]);
    const [old, recent] = await Promise.all([older, newer].map(readKeras));
    expect(old).toEqual(recent);
    expect([...(old as ImportedModel).weights.values()]).toEqual([...imported.weights.values()]);
  },
);

test('texts and names stand where Keras has them; the optimizer’s state, with which Keras could not train on, is not there', async () => {
  const model = trained(await readKeras(fixture('perceptrons.keras')));
  await written(model, (file) => {
    expect(file.text('', 'keras_version')).toMatch(/^3\./);
    expect([file.text('', 'backend'), file.text('model_weights', 'backend')]).toEqual(['tensorflow', 'tensorflow']);
    expect(JSON.parse(file.text('', 'training_config') as string)).toMatchObject({
      loss: 'sparse_categorical_crossentropy',
      optimizer_config: { class_name: 'SGD', config: { learning_rate: 0.004 } },
    });
    expect(file.texts('model_weights', 'layer_names')).toEqual(['dense', 'dropout', 'answer']);
    expect(file.texts('model_weights/dense', 'weight_names')).toEqual(['dense/kernel', 'dense/bias']);
    expect(file.texts('model_weights/dropout', 'weight_names')).toEqual([]);
    expect(file.tensor('model_weights/dense/dense/kernel')).toEqual(model.state.get('dense/kernel'));
    expect(file.keys('').toSorted()).toEqual(['model_weights']);
  });
});

/** A chain of Dense layers with these names, of one unit each. */
function chainOf(names: readonly string[]): Trained {
  const network = chain('n', 'Named', [['input', 'x', { shape: [1] }], ...names.map((name) => ['dense', name, { units: 1, useBias: false }] as const)]);
  const weights = new Map(names.map((name, i) => [`${name}/kernel`, { shape: [1, 1], data: Float32Array.of(i + 1) }]));
  return trained({ network, weights, training: { loss: 'meanSquaredError' } });
}

test('more names than an attribute holds stand in numbered pieces, and are read again', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `layer_${String(i).padStart(2000, '0')}`);
  const model = chainOf(names);
  await written(model, (file) => {
    expect(file.text('model_weights', 'layer_names')).toBe(null);
    expect(file.texts('model_weights', 'layer_names0')).toHaveLength(32);
    expect(file.texts('model_weights', 'layer_names')).toEqual(names);
  });
  expect([...(await readKeras(older)).weights.values()]).toEqual([...model.state.values()]);
});

test('names that mean a place in a file, signs that TensorFlow does not take, and Keras’ own word become names of layers', async () => {
  const model = chainOf(['.', 'größe/層', 'top_level_model_weights', 'a.b']);
  await written(model, () => undefined);
  const { network, weights } = await readKeras(older);
  expect(network.nodes.slice(1).map(({ name }) => name)).toEqual(['_', 'gr__e__', 'top_level_model_weights_1', 'a.b']);
  expect([...weights.values()]).toEqual([...model.state.values()]);
});

test('what cannot be written leaves no file behind', async () => {
  rmSync(older, { force: true });
  const model = trained(await readKeras(fixture('perceptrons.keras')));
  await expect(writeLegacy(older, { ...model, state: new Map() })).rejects.toMatchObject({ code: 'export-weights', where: 'dense/kernel' });
  expect(existsSync(older)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes('.h5'))).toEqual([]);
});

test('with an optimizer that Keras cannot read from this format the model stands there uncompiled', async () => {
  const model = trained({ ...(await readKeras(fixture('perceptrons.keras'))), training: { optimizer: { id: 'lamb', parameters: {} } } });
  await written(model, (file) => {
    expect(file.texts('model_weights', 'layer_names')).toEqual(['dense', 'dropout', 'answer']);
    expect(file.text('', 'training_config')).toBeNull();
  });
});
