// Layers that stand in Keras' files in parts are drawn as before when the file comes back, with what they had learned.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { analyze } from '../../../shared/compile/index.ts';
import { networkOf } from '../../../shared/code/testing/requests.ts';
import type { Network } from '../../../shared/network/network.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import { defaultTrainingSettings } from '../../../shared/training/settings.ts';
import { closeTo } from '../../../shared/lib/testing/closeTo.ts';
import { readKeras } from './readKeras.ts';
import { writeKeras } from './writeKeras.ts';
import { writeLegacy } from './writeLegacy.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function learned(network: Network) {
  const analysis = analyze(network, { dataset: null });
  const nameOf = (id: string) => network.nodes.find((node) => node.id === id)?.name;
  const named = Object.entries(analysis.nodes).flatMap(([id, { weights: own }]) => own.map(({ name, shape }) => ({ name: `${nameOf(id)}/${name}`, shape })));
  const state = new Map(
    named.map(({ name, shape }, key) => [name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(7 * key + i)) }]),
  );
  return { network, analysis, settings: defaultTrainingSettings, dataset: null, state, step: 0, learningRate: 0.1 };
}
const input = (shape: readonly number[]) => ['input', 'x', [], { parameters: { shape } }] as const;
const drawn = ({ nodes, edges }: Network) => ({
  nodes: nodes.map(({ kind, name, trainable }) => [kind, name, trainable]).toSorted(),
  edges: edges
    .map(({ source, target, input: at }) => [nodes.find(({ id }) => id === source)?.name, nodes.find(({ id }) => id === target)?.name, at])
    .toSorted(),
});

const networks: Readonly<Record<string, Network>> = {
  'learned places': networkOf([
    input([4, 3]),
    ['positionEmbedding', 'places', ['x']],
    ['multiHeadAttention', 'heads', ['places']],
    ['add', 'around', ['places', 'heads']],
  ]),
  'frozen places': networkOf([input([4, 3]), ['positionEmbedding', 'places', ['x'], { trainable: false }], ['dense', 'y', ['places']]]),
  'a point drawn': networkOf([
    input([4]),
    ['dense', 'mean', ['x']],
    ['dense', 'spread', ['x']],
    ['sampling', 'point', ['mean', 'spread'], { parameters: { klWeight: 0.3 } }],
    ['dense', 'y', ['point']],
  ]),
  'a step': networkOf([
    input([4]),
    ['dense', 'inner', ['x'], { parameters: { activation: 'binaryStep' } }],
    ['dense', 'y', ['inner'], { parameters: { units: 1 } }],
  ]),
  'a step at the end': networkOf([input([4]), ['dense', 'y', ['x'], { parameters: { units: 1, activation: 'binaryStep' } }]]),
};

test.each(Object.keys(networks).flatMap((name) => [[name, 'keras'] as const, [name, 'h5'] as const]))('%s, as .%s', async (name, ending) => {
  const model = learned(networks[name] as Network);
  const path = join(folder, `${name}.${ending}`);
  await (ending === 'keras' ? writeKeras : writeLegacy)(path, model);
  const back = await readKeras(path);
  expect(drawn(back.network)).toEqual(drawn(model.network));
  expect([...back.weights.keys()].toSorted()).toEqual([...model.state.keys()].toSorted());
  for (const [weight, { data }] of model.state) expect(back.weights.get(weight)?.data).toEqual(data);
});

test('waves come back as vectors that stay', async () => {
  const network = networkOf([input([4, 3]), ['positionEmbedding', 'places', ['x'], { parameters: { kind: 'sinusoidal' } }], ['dense', 'y', ['places']]]);
  const path = join(folder, 'waves.keras');
  await writeKeras(path, learned(network));
  const back = await readKeras(path);
  const places = back.network.nodes.find(({ name }) => name === 'places');
  expect(places).toMatchObject({ kind: 'positionEmbedding', trainable: false });
  closeTo([...(back.weights.get('places/embeddings')?.data ?? [])].slice(0, 4), [0, 1, 0, Math.sin(1)], 1e-6);
});

test('what is used beside them stays as it is', async () => {
  const network = networkOf([
    input([4, 3]),
    ['relu', 'nothing', ['x'], { parameters: { maxValue: 1e-30 } }],
    ['relu', 'minus', ['nothing'], { parameters: { negativeSlope: 1, threshold: 1 } }],
    ['prelu', 'vectors', ['minus']],
    ['subtract', 'places', ['x', 'vectors']],
    ['add', 'both', ['places', 'minus']],
  ]);
  const path = join(folder, 'beside.keras');
  const model = learned(network);
  await writeKeras(path, model);
  expect(drawn((await readKeras(path)).network)).toEqual(drawn(network));
});

test('an RBM comes back as the Dense layer that it was for Keras', async () => {
  const model = learned(
    networkOf([input([4]), ['rbm', 'machine', ['x'], { parameters: { units: 3 } }], ['dense', 'y', ['machine'], { parameters: { units: 2 } }]]),
  );
  const path = join(folder, 'machine.keras');
  expect(await writeKeras(path, model)).toEqual([expect.stringContaining('Keras has no RBM')]);
  const back = await readKeras(path);
  expect(back.network.nodes.map(({ kind }) => kind)).toEqual(['input', 'dense', 'dense']);
  expect(back.weights.get('machine/bias')?.data).toEqual(model.state.get('machine/hidden_bias')?.data);
});
