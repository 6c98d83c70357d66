// Writing .keras files: the round trip through our own reader. That Keras itself opens them is shown by e2e/keras.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test, vi } from 'vitest';
import { analyze } from '../../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../../shared/datasets/descriptor.ts';
import { chain } from '../../../shared/network/templates/template.ts';
import type { Network } from '../../../shared/network/network.ts';
import { optimizerIds } from '../../../shared/training/optimizers/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../../shared/training/settings.ts';
import { closeTo } from '../../../shared/lib/testing/closeTo.ts';
import { Hdf5File } from '../hdf5File.ts';
import type { ImportedModel } from '../imported.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { forward } from '../testing/forward.ts';
import { fixture } from '../testing/modelFiles.ts';
import type { Trained } from '../trained.ts';
import further from './fixtures/further.json' with { type: 'json' };
import { modelOrder } from './modelOrder.ts';
import { readKeras } from './readKeras.ts';
import { writeKeras } from './writeKeras.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataset: DatasetDescriptor = {
  id: 'any',
  title: 'Any',
  about: 'Any data.',
  task: 'classes',
  features: { name: 'x', shape: [4], dtype: 'float32' },
  labels: { name: 'y', shape: [], dtype: 'int32' },
  classNames: ['a', 'b', 'c'],
  samples: { train: 10, test: 0 },
  look: 'table',
  source: 'a test',
  licence: 'none',
  origin: 'file',
};

/** As if a run had ended with these weights. */
const trained = (
  { network, weights, training }: Pick<ImportedModel, 'network' | 'weights' | 'training'>,
  settings: Partial<TrainingSettings> = {},
): Trained => ({
  network,
  analysis: analyze(network, { dataset: null }),
  settings: { ...defaultTrainingSettings, ...training, ...settings },
  dataset,
  state: weights,
  step: 12,
  learningRate: 0.004,
});

const write = async (model: Trained): Promise<string> => {
  const path = join(folder, 'written.keras');
  await writeKeras(path, model, new Date('2026-11-21T10:15:00Z'));
  return path;
};
const configIn = (path: string) => JSON.parse(strFromU8(unzipSync(readFileSync(path))['config.json'] as Uint8Array));

/** Wires by name: ids and the order in the file may differ. */
function drawn({ nodes, edges }: Network) {
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name;
  return {
    nodes: nodes.map(({ kind, name, parameters }) => ({ kind, name, parameters })),
    edges: edges.map(({ source, target, input }) => `${nameOf(source)} > ${nameOf(target)} ${input}`).sort(),
  };
}

test.each(['perceptrons.keras', 'recurrent.keras', 'residual.keras', 'two-words.keras', 'masked.keras', 'attentive.keras', 'volumes.keras', 'steps.keras'])(
  '%s written and read again is the same',
  async (name) => {
    const model = await readKeras(fixture(name));
    const again = await readKeras(await write(trained(model, { loss: 'meanSquaredError' })));
    expect(drawn(again.network)).toEqual(drawn(model.network));
    expect(again.weights).toEqual(model.weights);
    expect(again.notes).toEqual([]);
  },
);

test('shared and frozen layers, several inputs and outputs written and read again are the same', async () => {
  const model = await readKeras(fixture('shared.keras'));
  const moreFeatures = [{ ...dataset.features, name: 'x1' }];
  const moreLabels = ['y1', 'y2'].map((name) => ({ ...dataset.labels, name, task: 'numbers' as const }));
  const again = await readKeras(await write({ ...trained(model), dataset: { ...dataset, moreFeatures, moreLabels } }));
  // Metrics are written as they are in force, automatic ones too.
  const told = ({ nodes }: Network) =>
    nodes.map(({ name, trainable, output, shares }) => [
      name,
      trainable,
      output && { metrics: ['mae'], ...output },
      nodes.find(({ id }) => id === shares)?.name,
    ]);
  expect(told(again.network)).toEqual(told(model.network));
  expect(drawn(again.network)).toEqual(drawn(model.network));
  expect(again.weights).toEqual(model.weights);
});

test('a recurrent layer that starts with zeros at one place and with states at another is the same at both', async () => {
  const { network, ...model } = await readKeras(fixture('states.keras'));
  const idOf = (name: string) => network.nodes.find((node) => node.name === name)?.id ?? '';
  const [first, joined, read] = ['gru_again', 'joined', 'decoder'].map(idOf) as [string, string, string];
  const owner = network.nodes.find(({ id }) => id === first) as Network['nodes'][number];
  const nodes = [...network.nodes, { ...owner, id: 'on', name: 'goes_on', shares: first }];
  const edges = [
    ...network.edges
      .filter(({ target, input }) => target !== first || input === 0)
      .map((edge) => (edge.source === first && edge.target === joined ? { ...edge, source: 'on' } : edge)),
    { id: 'sequence', source: read, target: 'on', input: 0 },
    { id: 'state', source: first, target: 'on', input: 1 },
  ];
  const changed = { ...network, nodes, edges };
  const moreFeatures = [{ ...dataset.features, name: 'x1' }];
  const again = await readKeras(await write({ ...trained({ ...model, network: changed }), dataset: { ...dataset, moreFeatures } }));
  const places = again.network.nodes.filter(({ id, shares, name }) => name === 'gru_again' || (shares !== undefined && id !== shares));
  expect(places.map(({ parameters }) => parameters['initialState'])).toEqual([true, true]);
  expect(places.map(({ id }) => again.network.edges.filter(({ target }) => target === id).map(({ input }) => input))).toEqual([[0], [0, 1]]);
  expect(analyze(again.network, { dataset: null }).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('bypassed layers are left out, and what fed them feeds what follows', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const nodes = model.network.nodes.map((node) => (node.name === 'dropout' ? { ...node, bypassed: true } : node));
  const { network } = await readKeras(await write(trained({ ...model, network: { ...model.network, nodes } })));
  expect(drawn(network).edges).toEqual(['dense > answer 0', 'input_layer > dense 0']);
});

test('layers stand in Keras’ own order, whatever their order in the document', async () => {
  const { network } = await readKeras(fixture('residual.keras'));
  const shuffled = { ...network, nodes: network.nodes.toReversed(), edges: network.edges.toReversed() };
  expect(modelOrder(shuffled).map(({ node }) => node.name)).toEqual(network.nodes.map(({ name }) => name));
});

test('a chain is Sequential, everything else functional; both of Keras’ own classes', async () => {
  expect(configIn(await write(trained(await readKeras(fixture('perceptrons.keras')))))).toMatchObject({ module: 'keras', class_name: 'Sequential' });
  const functional = configIn(await write(trained(await readKeras(fixture('residual.keras')))));
  expect(functional).toMatchObject({ class_name: 'Functional', config: { input_layers: ['image', 0, 0], output_layers: ['answer', 0, 0] } });
  expect(new Set(functional.config.layers.map(({ module }: { module: string }) => module))).toEqual(new Set(['keras.layers']));
});

test('loss, optimizer with its last learning rate, and metrics', async () => {
  const path = await write(trained(await readKeras(fixture('perceptrons.keras'))));
  expect(configIn(path).compile_config).toMatchObject({
    loss: 'sparse_categorical_crossentropy',
    metrics: ['accuracy'],
    optimizer: { module: 'keras.optimizers', class_name: 'SGD', config: { name: 'sgd', learning_rate: 0.004, momentum: 0.9, nesterov: true } },
  });
});

test('several metrics of a kind, with their lists of numbers', async () => {
  const metrics = ['precision', 'precision_1', 'auc', 'accuracy', 'f1Score'];
  const metricParameters = { precision: { classId: 0 }, precision_1: { topK: 2, threshold: 0.4 }, auc: { thresholds: '0.2, 0.5', labelWeights: '' } };
  const model = await readKeras(fixture('perceptrons.keras'));
  const path = await write(trained(model, { metrics, metricParameters }));
  const config = (name: string, own: object) => ({ class_name: name, config: own });
  expect(configIn(path).compile_config.metrics).toMatchObject([
    config('Precision', { name: 'precision', class_id: 0 }),
    config('Precision', { name: 'precision_1', top_k: 2, thresholds: 0.4 }),
    config('AUC', { name: 'auc', thresholds: [0.2, 0.5], label_weights: null }),
    'accuracy',
    config('F1Score', { name: 'f1_score', average: 'macro' }),
  ]);
});

test('fractions are written with a point, as Keras wants them, even where they are whole', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const path = await write({ ...trained(model, { optimizer: { id: 'sgd', parameters: { momentum: 0 } } }), learningRate: 1 });
  const text = strFromU8(unzipSync(readFileSync(path))['config.json'] as Uint8Array);
  expect(text).toContain('"learning_rate":1.0');
  expect(text).toContain('"momentum":0.0');
  expect(text).toContain('"units":5,');
});

test('an automatic loss on scores says so', async () => {
  const network = chain('n', 'Scores', [
    ['input', 'x', { shape: [2] }],
    ['dense', 'scores', { units: 3 }],
  ]);
  const weights = new Map([
    ['scores/kernel', { shape: [2, 3], data: new Float32Array(6) }],
    ['scores/bias', { shape: [3], data: new Float32Array(3) }],
  ]);
  const path = await write(trained({ network, weights, training: {} }));
  expect(configIn(path).compile_config.loss).toEqual({
    module: 'keras.losses',
    class_name: 'SparseCategoricalCrossentropy',
    config: { name: 'sparse_categorical_crossentropy', from_logits: true },
    registered_name: null,
  });
});

test('the class of a loss by its own name, which for one is not that of the function', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const path = await write(trained(model, { loss: 'kullbackLeiblerDivergence', lossParameters: { reduction: 'sum' } }));
  expect(configIn(path).compile_config.loss).toMatchObject({ class_name: 'KLDivergence', config: { reduction: 'sum' } });
});

test('the optimizer’s state, in the order of Keras’ variables', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const slots = [...model.weights].flatMap(([name, { shape, data }], i) =>
    ['momentum', 'velocity'].map((slot, k) => [`adam/${name}/${slot}`, { shape, data: data.map(() => 10 * i + k) }] as const),
  );
  const path = await write({ ...trained(model, { optimizer: { id: 'adam', parameters: {} } }), state: new Map([...model.weights, ...slots]) });
  const file = await Hdf5File.open(unzipSync(readFileSync(path))['model.weights.h5'] as Uint8Array, 'weights');
  expect(Array.from({ length: 8 }, (_, i) => file.tensor(`optimizer/vars/${i + 2}`)?.data[0])).toEqual([0, 1, 10, 11, 20, 21, 30, 31]);
  expect(file.tensor('optimizer/vars/1')?.data[0]).toBeCloseTo(0.004, 9);
  expect(file.keys('optimizer/vars')).toHaveLength(10);
  file.close();
});

test('a weight that nothing reads has no slots here, and a place among Keras’ variables; a frozen one has none', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const slotsOf = (names: readonly string[]) => names.map((name) => [`lion/${name}/momentum`, model.weights.get(name) as StoredTensor] as const);
  const [first = '', , third = '', fourth = ''] = [...model.weights.keys()];
  const counted = async (network: Network, names: readonly string[]): Promise<number> => {
    const state = new Map([...model.weights, ...slotsOf(names)]);
    const path = await write({ ...trained({ ...model, network }, { optimizer: { id: 'lion', parameters: {} } }), state });
    const file = await Hdf5File.open(unzipSync(readFileSync(path))['model.weights.h5'] as Uint8Array, 'weights');
    const count = file.keys('optimizer/vars').length - 2;
    file.close();
    return count;
  };
  expect(await counted(model.network, [first, third, fourth])).toBe(4);
  const nodes = model.network.nodes.map((node) => (first.startsWith(`${node.name}/`) ? { ...node, trainable: false } : node));
  expect(await counted({ ...model.network, nodes }, [third, fourth])).toBe(2);
});

test('every optimizer leaves its state in an order of its own', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  for (const id of optimizerIds) {
    const file = await Hdf5File.open(
      unzipSync(readFileSync(await write(trained(model, { optimizer: { id, parameters: {} } }))))['model.weights.h5'] as Uint8Array,
      id,
    );
    expect(file.keys('optimizer/vars').length, id).toBeGreaterThanOrEqual(2);
    file.close();
  }
});

test('Nadam’s product of momenta stands behind its slots', async () => {
  const path = await write({ ...trained(await readKeras(fixture('perceptrons.keras')), { optimizer: { id: 'nadam', parameters: {} } }), step: 2 });
  const file = await Hdf5File.open(unzipSync(readFileSync(path))['model.weights.h5'] as Uint8Array, 'weights');
  expect(file.tensor('optimizer/vars/2')?.data[0]).toBeCloseTo(0.9 * (1 - 0.48) * 0.9 * (1 - 0.5 * 0.96 ** 2), 6);
  file.close();
});

test('names with signs that Keras, or TensorFlow below it, does not allow are written with another sign and stay different', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const rename = (name: string) => name.replace(/^dense/, 'a/ä b').replace(/^answer/, 'a___b');
  const nodes = model.network.nodes.map((node) => ({ ...node, name: rename(node.name) }));
  const weights = new Map([...model.weights].map(([name, tensor]) => [rename(name), tensor]));
  const { network } = await readKeras(await write(trained({ ...model, network: { ...model.network, nodes }, weights })));
  expect(network.nodes.slice(1).map(({ name }) => name)).toEqual(['a___b', 'dropout', 'a___b_1']);
});

test('what Keras cannot have, and a checkpoint of another network, are refused by name', async () => {
  const model = await readKeras(fixture('perceptrons.keras'));
  const nodes = model.network.nodes.map((node, i) => (i === 1 ? { ...node, kind: 'keras:Lambda' } : node));
  await expect(write(trained({ ...model, network: { ...model.network, nodes } }))).rejects.toMatchObject({
    kind: 'project',
    code: 'export-layer',
    message: expect.stringContaining('“dense” cannot be exported'),
  });
  await expect(write(trained({ ...model, weights: new Map() }))).rejects.toMatchObject({ code: 'export-weights', where: 'dense/kernel' });
});

test.each([
  ['exponentialDecay', { decaySteps: 10, decayRate: 0.5, staircase: true }],
  ['inverseTimeDecay', { decaySteps: 10 }],
  ['polynomialDecay', { decaySteps: 10, endLearningRate: 0.01, power: 2, cycle: true }],
  ['piecewiseConstantDecay', { boundaries: '5, 12', values: '0.1, 0.05, 0.01' }],
  ['cosineDecay', { decaySteps: 10, warmupTarget: 0.4, warmupSteps: 6 }],
  ['cosineDecayRestarts', { firstDecaySteps: 5, tMul: 1.5, mMul: 0.8 }],
])('the schedule %s goes there and back', async (id, parameters) => {
  const imported = await readKeras(fixture('perceptrons.keras'));
  const schedule = { id, parameters };
  const { training, notes } = await readKeras(await write(trained(imported, { schedule })));
  expect(training.schedule).toEqual(schedule);
  expect(notes).toEqual([]);
});

test('rates of a schedule are written with a point: a whole one would make Keras count in whole numbers', async () => {
  const imported = await readKeras(fixture('perceptrons.keras'));
  const textWith = async (id: string, parameters: Record<string, string>, learningRate: number) => {
    const optimizer = { id: 'sgd' as const, parameters: { learningRate } };
    const path = await write({ ...trained(imported, { optimizer, schedule: { id, parameters } }), learningRate });
    return strFromU8(unzipSync(readFileSync(path))['config.json'] as Uint8Array).replace(/\s/g, '');
  };
  expect(await textWith('inverseTimeDecay', {}, 1)).toContain('"initial_learning_rate":1.0');
  expect(await textWith('piecewiseConstantDecay', { boundaries: '5', values: '1, 0.5' }, 1)).toContain('"values":[1.0,0.5]');
});

test('beside masks no layer is called as an operation with which Keras computes them', async () => {
  const model = await readKeras(fixture('masked.keras'));
  const network = { ...model.network, nodes: model.network.nodes.map((node) => (node.kind === 'concatenate' ? { ...node, name: 'concatenate' } : node)) };
  const { config } = configIn(await write(trained({ ...model, network }, { loss: 'meanSquaredError' })));
  expect(config.layers.map(({ name }: { name: string }) => name)).toContain('concatenated');
});

test('a masked transformer drawn here computes in Keras what it does here: what attention takes the mask off is a copy there', async () => {
  const made = await readKeras(fixture('kept_mask.keras'));
  const sourceOf = new Map(made.network.edges.map(({ source, target }) => [target, source]));
  const isCopy = (id: string) => made.network.nodes.some((node) => node.id === id && node.kind === 'leakyRelu');
  const plain: Network = {
    ...made.network,
    nodes: made.network.nodes.filter(({ id }) => !isCopy(id)),
    edges: made.network.edges
      .filter(({ target }) => !isCopy(target))
      .map((edge) => ({ ...edge, source: isCopy(edge.source) ? (sourceOf.get(edge.source) as string) : edge.source })),
  };
  const expected = further.made['kept_mask.keras'];
  const [result] = forward({ network: plain, weights: made.weights }, expected);
  closeTo([...(result?.data ?? [])], expected.output, 2e-5);
  const model = { ...made, network: plain };
  const again = await readKeras(await write(trained(model, { loss: 'meanSquaredError' })));
  expect(drawn(again.network).edges).toEqual(drawn(made.network).edges);
  expect(again.weights).toEqual(made.weights);
  // Who says that padding counts says what Keras does, and gets just that.
  const counting = plain.nodes.map((node) => (node.name === 'heads_1' ? { ...node, parameters: { ...node.parameters, ignoreMask: true } } : node));
  const { network } = await readKeras(await write(trained({ ...model, network: { ...plain, nodes: counting } }, { loss: 'meanSquaredError' })));
  expect(network.nodes.map(({ kind }) => kind)).not.toContain('leakyRelu');
});

test('a schedule over the whole run is written with the steps of the run', async () => {
  const imported = await readKeras(fixture('perceptrons.keras'));
  const settings: Partial<TrainingSettings> = { schedule: { id: 'cosineDecay', parameters: {} }, epochs: 7, batchSize: 4, validationSplit: 0 };
  const { training } = await readKeras(await write(trained(imported, settings)));
  expect(training.schedule?.parameters).toEqual({ decaySteps: 21 });
});
