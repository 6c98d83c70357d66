// Trainings that are looked at, on each engine that is here: a deep stack of sigmoids is found ill where it begins, and looking changes nothing.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generatedDatasets } from '../../shared/datasets/catalogue.ts';
import { chain } from '../../shared/network/templates/template.ts';
import type { EpochSummary } from '../../shared/protocol/contract.ts';
import { largestGradient, type NetworkHealth, verdictOf } from '../../shared/training/health.ts';
import { installedEngine } from '../files/installedEngine.ts';
import { readEpochs } from './epochLog.ts';
import type { Engine } from './engines/engine.ts';
import { onnxruntimeEngine } from './engines/onnxruntime/index.ts';
import { tensorflowEngine } from './engines/tensorflow/index.ts';
import { trainingJob } from './fixtures/trainingJob.ts';
import { startControl, trainJob } from './trainJob.ts';

const where = process.env.NETWRIGHT_TEST_TENSORFLOW;
const installed = where ? installedEngine(where) : null;
const engines: readonly (readonly [string, Engine])[] = [
  ['onnxruntime', onnxruntimeEngine],
  ...(where && installed ? [['tensorflow', tensorflowEngine(where, installed)] as const] : []),
];

const blobs = generatedDatasets.find(({ descriptor }) => descriptor.id === 'blobs');
if (!blobs) throw new Error('blobs are generated');
const { descriptor: dataset } = blobs;
const rows = blobs.generate();

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

const layers = [1, 2, 3, 4, 5, 6, 7].map((i) => ['dense', `hidden_${i}`, { units: 16, activation: 'sigmoid' }] as const);
const deep = chain('n', 'Deep', [['input', 'point'], ...layers, ['dropout', 'drop', { rate: 0.2 }], ['dense', 'classes', { units: 3, activation: 'softmax' }]]);
/** Nothing is drawn in it: its numbers are the same on every engine. */
const shallow = chain('n', 'Shallow', [
  ['input', 'point'],
  ['dense', 'hidden', { units: 8, activation: 'tanh' }],
  ['dense', 'classes', { units: 3, activation: 'softmax' }],
]);
const idOf = (name: string) => deep.nodes.find((node) => node.name === name)?.id as string;

async function epochsOf(engine: Engine, health: boolean, network = deep): Promise<EpochSummary[]> {
  const job = await trainingJob({ folder, network, dataset, rows, settings: { epochs: 2, batchSize: 64 } });
  await trainJob({ ...job, health }, { engine, choice: null }, startControl(job), () => undefined);
  return readEpochs(join(folder, 'epochs.jsonl'));
}

it.each(engines)('%s finds the first layers of a deep stack of sigmoids ill, and the last one healthy', async (_, engine) => {
  const health = (await epochsOf(engine, true)).at(-1)?.health as NetworkHealth;
  expect(Object.keys(health)).toEqual([...layers.map(([, name]) => idOf(name)), idOf('classes')]);
  const verdict = (name: string) => verdictOf(health[idOf(name)] as NetworkHealth[string], largestGradient(health)).gradient;
  expect([verdict('hidden_1'), verdict('classes')]).toEqual(['ill', 'healthy']);
});

it.each(engines)('a run on %s that is looked at has the numbers of one that is not', async (_, engine) => {
  const values = (epochs: readonly EpochSummary[]) => epochs.map((epoch) => epoch.values);
  const alone = await epochsOf(engine, false);
  expect(alone.every((epoch) => epoch.health === undefined)).toBe(true);
  expect(values(await epochsOf(engine, true))).toEqual(values(alone));
});

it('both engines see the same', async () => {
  const seen: NetworkHealth[] = [];
  for (const [, engine] of engines) seen.push((await epochsOf(engine, true, shallow)).at(-1)?.health as NetworkHealth);
  const [first, ...others] = seen;
  for (const other of others)
    for (const [id, layer] of Object.entries(first as NetworkHealth)) {
      expect(other[id]?.spread).toBeCloseTo(layer.spread, 4);
      expect((other[id]?.gradient as number) / layer.gradient).toBeCloseTo(1, 2);
    }
});
