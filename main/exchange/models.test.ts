// What the window gets when it opens a model, and what it exports: the trained run, or the network as drawn.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test, vi } from 'vitest';
import type { ExportRequest } from '../../shared/protocol/contract.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { createDatasets } from '../datasets/index.ts';
import { encodeSafetensors } from '../files/safetensors.ts';
import { nodeHost } from '../nodeHost.ts';
import { writeRequest } from '../runs/store.ts';
import { Transfers } from '../transfers/index.ts';
import { readKeras } from './keras/readKeras.ts';
import { Models } from './models.ts';
import { fixture } from './testing/modelFiles.ts';

// A process of its own takes its time where many tests run at once.
vi.setConfig({ testTimeout: 60_000 });

const home = mkdtempSync(join(tmpdir(), 'netwright-models-'));
const transfers = new Transfers();
afterAll(async () => {
  rmSync(home, { recursive: true });
  await transfers.close();
});
const runFolder = join(home, 'run');
const host = { ...nodeHost({ NETWRIGHT_HOME: home }), dataFolders: [], dialogs: { open: async () => null, save: async (name: string) => join(home, name) } };
const models = new Models({ host, datasets: createDatasets(host, () => undefined), runs: { folderOf: () => runFolder }, transfers });

const network = chain('n', 'Plain', [
  ['input', 'in', { shape: [2] }],
  ['dense', 'out', { units: 1 }],
]);
const asked: ExportRequest = { format: 'keras', run: null, project: 'p', network, settings: defaultTrainingSettings, dataset: null };
const configOf = (path: string) => JSON.parse(strFromU8(unzipSync(readFileSync(path))['config.json'] as Uint8Array));

test('a model that the window sent becomes a network with its weights, exported again as they were', async () => {
  const bytes = readFileSync(fixture('perceptrons.keras'));
  const id = await transfers.announce('My model.keras', bytes.length);
  await transfers.append(id, bytes.toString('base64'));
  const opened = await models.receive(id);
  expect(opened).toMatchObject({ file: 'My model.keras', network: { name: 'My model' }, values: 5 * 4 + 5 + 5 * 3 + 3 });
  const written = await models.export({ ...asked, network: opened.network });
  const again = await readKeras(written?.path as string);
  expect(basename(written?.path as string)).toBe('My model.keras');
  expect(again.weights).toEqual((await readKeras(fixture('perceptrons.keras'))).weights);
  expect(configOf(written?.path as string).compile_config).toBeNull();
});

test('a broken file is refused by the name that the person knows', async () => {
  const id = await transfers.announce('mine.keras', 3);
  await transfers.append(id, Buffer.from('PK!').toString('base64'));
  await expect(models.receive(id)).rejects.toMatchObject({ kind: 'project', message: expect.stringContaining('mine.keras') });
});

test('drawn weights follow the seed; loss and optimizer are there where the data fits', async () => {
  const fitting = {
    ...asked,
    dataset: 'xor',
    network: { ...network, nodes: network.nodes.map((node) => (node.name === 'out' ? { ...node, parameters: { units: 1, activation: 'sigmoid' } } : node)) },
  };
  const path = (await models.export(fitting))?.path as string;
  expect(configOf(path).compile_config).toMatchObject({ loss: 'binary_crossentropy' });
  const first = await readKeras(path);
  expect((await readKeras((await models.export(fitting))?.path as string)).weights).toEqual(first.weights);
  const other = await readKeras((await models.export({ ...fitting, settings: { ...defaultTrainingSettings, seed: 5 } }))?.path as string);
  expect(other.weights.get('out/kernel')?.data).not.toEqual(first.weights.get('out/kernel')?.data);
});

test('a drawing with a mistake is refused with its words', async () => {
  const wrong = { ...network, edges: [] };
  await expect(models.export({ ...asked, network: wrong })).rejects.toMatchObject({
    kind: 'project',
    message: expect.stringContaining('“Plain” cannot be exported as it is drawn.'),
  });
});

test('a run gives its own network with what it learned, also where the drawing has changed', async () => {
  mkdirSync(join(runFolder, 'checkpoint'), { recursive: true });
  const tensors = new Map([
    ['out/kernel', { shape: [2, 1], data: Float32Array.of(3, 4) }],
    ['out/bias', { shape: [1], data: Float32Array.of(5) }],
  ]);
  writeFileSync(
    join(runFolder, 'checkpoint', 'step-7.safetensors'),
    Buffer.concat(encodeSafetensors({ metadata: { step: '7', learningRate: '0.5' }, tensors })),
  );
  const request = { id: 'run', project: 'p', network, settings: defaultTrainingSettings, dataset: 'xor', target: null, initialWeights: null, race: null };
  await writeRequest(runFolder, { ...request, createdAt: '2026-11-21T10:00:00Z' });
  const written = await models.export({ ...asked, run: 'run', network: { ...network, nodes: [] } });
  expect((await readKeras(written?.path as string)).weights).toEqual(tensors);
});

test('without a dialog the window fetches the file', async () => {
  const browser = new Models({
    host: { ...host, dialogs: null },
    datasets: createDatasets(host, () => undefined),
    runs: { folderOf: () => runFolder },
    transfers,
  });
  const offered = await browser.export(asked);
  const path = join(home, 'fetched.keras');
  writeFileSync(path, Buffer.from(await transfers.read(offered?.file?.id as string, 0), 'base64'));
  expect((await readKeras(path)).network.nodes.map(({ kind }) => kind)).toEqual(['input', 'dense']);
});
