// Layers that Keras lacks, in layers that it has: they compute and learn the same, step by step, in the reference interpreter. That Keras loads
// and trains them is proved there (npm run keras-drawn).

import { describe, expect, test } from 'vitest';
import { analyze, compileNetwork, initialState } from '../compile/index.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { normalAt } from '../lib/random.ts';
import { closeTo } from '../lib/testing/closeTo.ts';
import type { Network, NetworkNode } from '../network/network.ts';
import { interpret, numericArray } from '../tensor/interpret.ts';
import type { NumericArray } from '../tensor/operation.ts';
import { type Shape, sizeOf } from '../tensor/types.ts';
import { defaultTrainingSettings } from '../training/settings.ts';
import { inKerasParts, type KerasParts } from './kerasParts.ts';
import { networkOf } from './testing/requests.ts';

const dataset = (features: Shape, labels: Shape): DatasetDescriptor => ({
  ...{ id: 'own', title: 'Own', about: '', task: 'numbers', look: 'series', source: '', licence: '', origin: 'file' },
  samples: { train: 6, test: 0 },
  features: { name: 'x', shape: [...features], dtype: 'float32' },
  labels: { name: 'y', shape: [...labels], dtype: 'float32' },
});
const settings = { ...defaultTrainingSettings, loss: 'meanSquaredError', optimizer: { id: 'adam', parameters: { learningRate: 0.1 } } };
const drawn = (shape: Shape, key: number): NumericArray =>
  numericArray(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => normalAt(key, i)),
  );

type State = Readonly<Record<string, NumericArray>>;

/** Three steps on the same batch and the same chance. @returns what they lost, and the state at the end */
function trained(network: Network, data: DatasetDescriptor, start: (name: string, shape: Shape) => NumericArray | undefined) {
  const compiled = compileNetwork({ network, settings, dataset: data, batchSize: 6 });
  const shapes = new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
  let state: State = Object.fromEntries(
    [...initialState(compiled, 5)].map(([name, own]) => [name, start(name, shapes.get(name) ?? []) ?? numericArray(shapes.get(name) ?? [], own)]),
  );
  const losses = [1, 2, 3].map((step) => {
    const feeds = compiled.trainStep.inputs
      .filter(({ role }) => role.kind !== 'state')
      .map(({ name, tensor, role }, i) => [name, role.kind === 'random' ? drawn(tensor.shape, step) : drawn(tensor.shape, 100 + i)] as const);
    const { outputs, updates } = interpret(compiled.trainStep, { ...Object.fromEntries(feeds), ...state, step, learningRate: 0.1 });
    state = { ...state, ...updates };
    return outputs['loss']?.data[0] as number;
  });
  return { losses, state };
}

/** In parts it loses the same, and its weights are the same afterwards. */
function learnsTheSame(network: Network, data: DatasetDescriptor): KerasParts {
  const { nodes } = analyze(network, { dataset: data });
  const parts = inKerasParts(network, (id) => nodes[id]?.outputShape ?? null);
  expect(parts.network).not.toBe(network);
  const whole = trained(network, data, () => undefined);
  const first = initialState(compileNetwork({ network, settings, dataset: data, batchSize: 6 }), 5);
  const apart = trained(parts.network, data, (name, shape) => {
    const origin = parts.weights.get(name);
    if (origin && 'values' in origin) return numericArray(shape, origin.values);
    const known = first.get(origin ? origin.from : name);
    return known && numericArray(shape, known.slice(0, sizeOf(shape)));
  });
  closeTo(apart.losses, whole.losses, 1e-6);
  for (const [name, origin] of parts.weights)
    if ('from' in origin) closeTo(apart.state[name]?.data ?? [], (whole.state[origin.from]?.data ?? []).slice(0, sizeOf(origin.shape)), 1e-6);
  return parts;
}

const inputOf = (shape: Shape): readonly ['input', string, readonly string[], Partial<NetworkNode>] => ['input', 'x', [], { parameters: { shape } }];

describe('a PositionEmbedding', () => {
  const places = (parameters: Record<string, unknown>, more: Partial<NetworkNode> = {}) =>
    networkOf([
      inputOf([4, 3]),
      ['positionEmbedding', 'places', ['x'], { parameters, ...more }],
      ['flatten', 'flat', ['places']],
      ['dense', 'y', ['flat'], { parameters: { units: 2 } }],
    ]);

  test('with learned vectors, also for more steps than there are', () => {
    learnsTheSame(places({}), dataset([4, 3], [2]));
    learnsTheSame(places({ sequenceLength: 9 }), dataset([4, 3], [2]));
  });

  test('with waves: its vectors are there, and stay', () => {
    const { network, weights } = learnsTheSame(places({ kind: 'sinusoidal' }), dataset([4, 3], [2]));
    const vectors = network.nodes.find(({ kind }) => kind === 'prelu');
    expect(vectors).toMatchObject({ trainable: false, name: 'places_vectors' });
    expect([...weights.keys()]).toEqual(['places_vectors/alpha']);
  });

  test('used at two places has its vectors once', () => {
    const network = networkOf([
      inputOf([4, 3]),
      ['positionEmbedding', 'places', ['x']],
      ['dense', 'turn', ['places'], { parameters: { units: 3 } }],
      ['positionEmbedding', 'again', ['turn'], { shares: 'places' }],
      ['flatten', 'flat', ['again']],
      ['dense', 'y', ['flat'], { parameters: { units: 2 } }],
    ]);
    const { network: apart } = learnsTheSame(network, dataset([4, 3], [2]));
    expect(apart.nodes.filter(({ kind }) => kind === 'prelu').map(({ shares }) => shares)).toEqual([undefined, 'places~vectors']);
  });
});

test('a Sampling draws the same, and its divergence costs the same', () => {
  const network = networkOf([
    inputOf([4]),
    ['dense', 'mean', ['x'], { parameters: { units: 2 } }],
    ['dense', 'spread', ['x'], { parameters: { units: 2 } }],
    ['sampling', 'point', ['mean', 'spread'], { parameters: { klWeight: 0.3 } }],
    ['dense', 'y', ['point'], { parameters: { units: 2 } }],
  ]);
  const { network: apart } = learnsTheSame(network, dataset([4], [2]));
  expect(apart.nodes.map(({ kind }) => kind)).not.toContain('sampling');
});

test('an RBM that is prepared is a Dense layer', () => {
  const { network } = learnsTheSame(
    networkOf([
      inputOf([4]),
      ['rbm', 'machine', ['x'], { parameters: { units: 3, pretrainEpochs: 0 } }],
      ['dense', 'y', ['machine'], { parameters: { units: 2 } }],
    ]),
    dataset([4], [2]),
  );
  expect(network.nodes[1]).toMatchObject({ kind: 'dense', name: 'machine', parameters: { units: 3, activation: 'sigmoid' } });
});

test('a binary step stands behind its layer, which keeps its name', () => {
  const network = networkOf([
    inputOf([4]),
    ['dense', 'first', ['x'], { parameters: { units: 3, activation: 'binaryStep' } }],
    ['dense', 'y', ['first'], { parameters: { units: 2 } }],
  ]);
  const { network: apart, added } = learnsTheSame(network, dataset([4], [2]));
  expect(apart.nodes.map(({ id, kind, name }) => [id, kind, name])).toEqual([
    ['x', 'input', 'x'],
    ['first~sum', 'dense', 'first'],
    ['first', 'expression', 'first_step'],
    ['y', 'dense', 'y'],
  ]);
  expect(added.get('first~sum')).toBe('first');
});

test('what Keras has stays as it is', () => {
  const network = networkOf([inputOf([4]), ['dense', 'y', ['x'], { parameters: { units: 2 } }]]);
  expect(inKerasParts(network, () => null).network).toBe(network);
});
