// What a run of an imported network starts from, also after the network was changed; and what a project may not name.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { decodeSafetensors } from '../files/safetensors.ts';
import { readKeras } from './keras/readKeras.ts';
import { saveImported } from './saveImported.ts';
import { startingWeights } from './startingWeights.ts';
import { fixture } from './testing/modelFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'netwright-start-'));
afterAll(() => rmSync(folder, { recursive: true }));
const project = join(folder, 'model.netwright');
let imported: Awaited<ReturnType<typeof readKeras>>;
let network: Network;
beforeAll(async () => {
  imported = await readKeras(fixture('perceptrons.keras'));
  network = (await saveImported(imported, project, 'perceptrons.keras')).project.networks[0] as Network;
});

const dataset: DatasetDescriptor = {
  id: 'four',
  title: 'Four',
  about: 'Four features.',
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
const startOf = (changed: Network) => ({ project, dataFolder: folder, network: changed, settings: defaultTrainingSettings, dataset });
const read = (path: string | null) => decodeSafetensors(readFileSync(path as string), 'start').tensors;

test('all weights of the file where the network is as it was', async () => {
  expect(read(await startingWeights(startOf(network), join(folder, 'run'), false))).toEqual(imported.weights);
});

test('fresh ones where a layer was changed, the file’s where it was not', async () => {
  const nodes = network.nodes.map((node) => (node.name === 'answer' ? { ...node, name: 'other' } : node));
  const tensors = read(await startingWeights(startOf({ ...network, nodes }), join(folder, 'changed'), false));
  expect([...tensors.keys()]).toEqual(['dense/kernel', 'dense/bias', 'other/kernel', 'other/bias']);
  expect(tensors.get('dense/kernel')).toEqual(imported.weights.get('dense/kernel'));
  expect(tensors.get('other/kernel')?.shape).toEqual([5, 3]);
  expect(tensors.get('other/kernel')?.data).not.toEqual(imported.weights.get('answer/kernel')?.data);
});

test('a run that goes on starts from what it started from, whatever became of the project', async () => {
  const path = await startingWeights(startOf(network), join(folder, 'again'), false);
  expect(await startingWeights(startOf({ ...network, weights: 'gone.safetensors' }), join(folder, 'again'), true)).toBe(path);
  expect(await startingWeights(startOf(network), join(folder, 'never'), true)).toBeNull();
});

test('nothing for a network that names none', async () => {
  const { weights: _, ...plain } = network;
  expect(await startingWeights(startOf(plain), join(folder, 'plain'), false)).toBeNull();
});

test.each(['../secret.safetensors', '/etc/passwd', 'a\\b', '..'])('%s is no name of a file beside the project', async (weights) => {
  await expect(startingWeights(startOf({ ...network, weights }), folder, false)).rejects.toMatchObject({ kind: 'project', code: 'weights-name' });
});

test('a missing file and a damaged one are told', async () => {
  await expect(startingWeights(startOf({ ...network, weights: 'gone.safetensors' }), folder, false)).rejects.toMatchObject({
    code: 'weights-file',
    message: expect.stringContaining('Put it back beside the project'),
  });
  writeFileSync(join(folder, 'broken.safetensors'), 'not it');
  await expect(startingWeights(startOf({ ...network, weights: 'broken.safetensors' }), folder, false)).rejects.toMatchObject({
    kind: 'data',
    code: 'safetensors-truncated',
  });
});
