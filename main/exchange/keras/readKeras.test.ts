// Reading Keras models: layers, weights and training settings as Keras has them, and the same predictions (fixtures/make.py).

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { analyze } from '../../../shared/compile/index.ts';
import { closeTo } from '../../../shared/lib/testing/closeTo.ts';
import { bentArchive } from '../testing/modelFiles.ts';
import { forward, isComplete } from '../testing/forward.ts';
import fixtures from './fixtures/predictions.json' with { type: 'json' };
import further from './fixtures/further.json' with { type: 'json' };
import operations from './fixtures/operations.json' with { type: 'json' };
import rarer from './fixtures/rarer.json' with { type: 'json' };
import sequences from './fixtures/sequences.json' with { type: 'json' };
import spellings from './fixtures/spelled.json' with { type: 'json' };
import states from './fixtures/states.json' with { type: 'json' };
import { readKeras } from './readKeras.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

interface Prediction {
  readonly samples: number;
  readonly whole: boolean;
  readonly parameters: number;
  readonly shapes: readonly (readonly number[])[];
  readonly output: readonly number[];
}
const folder = join(import.meta.dirname, 'fixtures');
const publicFolder = join(process.env.NETWRIGHT_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'models');
const made = Object.entries({
  ...fixtures.made,
  ...sequences.made,
  ...states.made,
  ...spellings.made,
  ...operations.made,
  ...further.made,
  ...rarer.made,
} as Record<string, Prediction>);
const published = Object.entries(fixtures.public as Record<string, Prediction>);

const countOf = (weights: ReadonlyMap<string, { readonly data: Float32Array }>) => [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);

async function checkPredictions(path: string, expected: Prediction): Promise<void> {
  const model = await readKeras(path);
  expect(countOf(model.weights)).toBe(expected.parameters);
  const { totals } = analyze(model.network, { dataset: null });
  expect(totals.trainable + totals.nonTrainable).toBe(expected.parameters);
  const outputs = forward(model, expected);
  expect(outputs.map(({ shape }) => shape)).toEqual(expected.shapes);
  closeTo(
    outputs.flatMap(({ data }) => [...data]),
    expected.output,
    2e-5,
  );
}

test.each(made)('%s predicts as in Keras', (name, expected) => checkPredictions(join(folder, name), expected));

describe.skipIf(!existsSync(publicFolder))('public models (left out where the folder of public data is missing)', () => {
  test.each(published)('%s predicts as in Keras', (name, expected) => checkPredictions(join(publicFolder, name), expected), 60_000);

  test('a model saved on Windows, where paths are joined by another sign, has the same weights in both formats', async () => {
    const [zip, file] = await Promise.all(['ncf-two-input.keras', 'ncf-two-input.h5'].map((name) => readKeras(join(publicFolder, name))));
    expect(zip?.network).toEqual(file?.network);
    expect(zip?.weights).toEqual(file?.weights);
  });
});

test('the LayerScale of ConvNeXt is a sum over no axis, in both formats; one of that name that is not Keras’ stays inert', async () => {
  const [zip, file] = await Promise.all(['scaled.keras', 'scaled.h5'].map((name) => readKeras(join(folder, name))));
  const own = zip?.network.nodes.find(({ name }) => name === 'scale');
  const scale = { equation: '...a,a->...a', outputShape: [3], biasAxes: '', kernelInitializer: { kind: 'constant', parameters: { value: 0.5 } } };
  expect(own).toMatchObject({ kind: 'einsumDense', parameters: scale });
  expect([zip?.notes, file?.notes]).toEqual([[], []]);
  expect(file?.weights).toEqual(zip?.weights);
  const stranger = bentArchive(join(mkdtempSync(join(tmpdir(), 'netwright-scale-')), 'scaled.keras'), 'scaled.keras', ({ config }) => {
    for (const layer of config.layers) if (layer.class_name === 'LayerScale') Object.assign(layer, { module: null, registered_name: 'LayerScale' });
  });
  expect((await readKeras(stranger)).network.nodes.find(({ name }) => name === 'scale')?.kind).toBe('keras:LayerScale');
});

test('a model that leaves sizes open brings its weights along, for data of any length', async () => {
  const { network, weights, notes } = await readKeras(join(folder, 'open.keras'));
  expect(notes).toEqual([]);
  expect(network.nodes.map(({ kind, name }) => [kind, name])).toEqual([
    ['input', 'input_layer_1'],
    ['conv1d', 'conv'],
    ['simpleRnn', 'rnn'],
    ['dense', 'answer'],
  ]);
  expect(network.nodes[0]?.parameters['shape']).toBe(null);
  expect([...weights].map(([name, { shape }]) => [name, shape])).toContainEqual(['rnn/recurrent_kernel', [3, 3]]);
});

test('what Keras writes of masks is left out: ours follow them by themselves', async () => {
  const { network, notes } = await readKeras(join(folder, 'masked.keras'));
  expect(notes).toEqual([]);
  expect(network.nodes.map(({ kind }) => kind).sort()).toEqual(
    'add bidirectional concatenate dense dense embedding globalAveragePooling1d input layerNormalization multiHeadAttention timeDistributed'.split(' '),
  );
  expect(network.nodes.find(({ kind }) => kind === 'multiHeadAttention')?.parameters).toMatchObject({ useCausalMask: true });
});

test('a functional model keeps names, wires and parameters', async () => {
  const { network, notes, training } = await readKeras(join(folder, 'residual.keras'));
  const nameOf = (id: string) => network.nodes.find((node) => node.id === id)?.name;
  expect(network.name).toBe('residual');
  expect(network.nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'input image',
    'conv2d left',
    'batchNormalization norm',
    'conv2d right',
    'add sum',
    'maxPooling2d pool',
    'activation bent',
    'concatenate both',
    'flatten flat',
    'dense answer',
  ]);
  expect(network.edges.map(({ source, target, input }) => `${nameOf(source)} ${nameOf(target)} ${input}`)).toEqual(
    expect.arrayContaining(['norm sum 0', 'right sum 1', 'pool both 0', 'bent both 1']),
  );
  expect(network.nodes.find(({ name }) => name === 'right')?.parameters).toMatchObject({
    filters: 4,
    kernelSize: [1, 1],
    activation: 'relu',
    padding: 'valid',
  });
  expect(new Set(network.nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(network.nodes.length);
  expect(training).toEqual({
    loss: 'binaryCrossentropy',
    metrics: ['accuracy'],
    optimizer: { id: 'adam', parameters: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false } },
  });
  expect(notes).toEqual([]);
});

test('loss, optimizer and metrics come along from both formats, written as names and as objects', async () => {
  const [sgd, rmsprop, legacy] = await Promise.all(['perceptrons.keras', 'recurrent.keras', 'recurrent.h5'].map((name) => readKeras(join(folder, name))));
  expect(sgd?.training).toEqual({
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
    optimizer: { id: 'sgd', parameters: { learningRate: 0.05, momentum: 0.9, nesterov: true } },
  });
  expect(rmsprop?.training).toMatchObject({
    loss: 'meanSquaredError',
    metrics: ['mae'],
    optimizer: { id: 'rmsprop', parameters: { learningRate: 0.002, rho: 0.9 } },
  });
  expect(legacy?.training).toEqual(rmsprop?.training);
});

test('what is told of outputs by their names is theirs, also where a layer used twice stands beside them', async () => {
  const { network } = await readKeras(join(folder, 'again.keras'));
  expect(network.nodes.map(({ name, output }) => [name, output])).toEqual([
    ...[['x'], ['dense'], ['dense_3']].map(([name]) => [name, undefined]),
    ['dense_1', { loss: 'meanSquaredError', lossWeight: 0.25 }],
    ['dense_2', { loss: 'meanAbsoluteError', lossWeight: 2, metrics: ['mse'] }],
  ]);
});

test('weights of losses that stand in a list are taken as Keras takes them: in the order of their names', async () => {
  const { network } = await readKeras(join(folder, 'sorted_weights.keras'));
  expect(network.nodes.map(({ name, output }) => [name, output])).toEqual([
    ['x', undefined],
    ['late', { loss: 'meanSquaredError', lossWeight: 2 }],
    ['early', { loss: 'meanAbsoluteError', lossWeight: 0.25 }],
  ]);
});

test('an Input that leaves sizes open keeps its axes: steps of data are no single row for the Dense behind it', async () => {
  const { network, weights } = await readKeras(join(folder, 'open_steps.keras'));
  expect(weights.get('each/kernel')?.shape).toEqual([3, 4]);
  const features = { name: 'x', shape: [7, 3], dtype: 'float32' as const };
  const data = {
    ...{ id: 'd', title: 'd', about: '', source: '', licence: '', origin: 'file' as const, look: 'table' as const },
    samples: { train: 9, test: 0 },
  };
  const { nodes, problems } = analyze(network, { dataset: { ...data, task: 'numbers', features, labels: { name: 'y', shape: [2], dtype: 'float32' } } });
  expect(problems).toEqual([]);
  expect(network.nodes.map(({ id }) => nodes[id]?.outputShape)).toEqual([[7, 3], [7, 4], [4], [2]]);
});

test('a sum over steps of open number is drawn', async () => {
  const model = await readKeras(join(folder, 'summed.keras'));
  expect(model.notes).toEqual([]);
  expect(model.network.nodes.map(({ kind, parameters }) => parameters['equation'] ?? kind)).toEqual(['input', 'abc->ac', 'expression', 'dense']);
  expect([...model.weights.keys()]).toEqual(['answer/kernel', 'answer/bias']);
});

test('every made model consists of our layers', async () => {
  for (const [name] of made) expect(isComplete(await readKeras(join(folder, name))), name).toBe(true);
});

test('a model inside a model, used once, is a block; its weights keep their names', async () => {
  for (const ending of ['keras', 'h5']) {
    const { network, weights } = await readKeras(join(folder, `body.${ending}`));
    expect(network.nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['input x', 'block body', 'dense head']);
    expect(network.blocks).toMatchObject([{ name: 'body', nodes: [{ kind: 'input' }, { name: 'd', trainable: false }, { name: 'n', trainable: false }] }]);
    const { nodes, problems } = analyze(network, { dataset: null });
    expect(problems).toEqual([]);
    expect(nodes[network.nodes[1]?.id ?? '']?.outputShape).toEqual([5]);
    expect([...weights.keys()].slice(0, 3)).toEqual(['body/d/kernel', 'body/d/bias', 'body/n/gamma']);
  }
});
