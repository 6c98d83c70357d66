// Importing in a process of its own, and what it leaves on disk.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { decodeSafetensors } from '../files/safetensors.ts';
import { ProjectFiles } from '../projects/projectFile.ts';
import { importModel } from './importModel.ts';
import { readKeras } from './keras/readKeras.ts';
import { saveImported } from './saveImported.ts';
import { fixture } from './testing/modelFiles.ts';

// A process of its own takes its time where many tests run at once.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const host = { node: process.execPath };

test('a model comes through the other process whole', async () => {
  const path = fixture('residual.keras');
  expect(await importModel(host, path)).toEqual(await readKeras(path));
});

test('a refusal comes through with its sentence', async () => {
  await expect(importModel(host, fixture('external-storage.h5'))).rejects.toMatchObject({
    kind: 'project',
    code: 'hdf5-broken',
    message: expect.stringContaining('external-storage.h5'),
  });
});

test('a file that would be read without end is given up', async () => {
  await expect(importModel(host, fixture('endless.h5'))).rejects.toMatchObject({ kind: 'project', code: 'import-endless' });
});

test('a damaged file for which the library asks for gigabytes is given up', async () => {
  await expect(importModel(host, fixture('greedy.h5'))).rejects.toMatchObject({ kind: 'project', code: 'import-endless' });
});

test('a reader that cannot be started is told', async () => {
  await expect(importModel({ node: join(folder, 'no-node') }, fixture('residual.keras'))).rejects.toMatchObject({ kind: 'project', code: 'import-start' });
});

test('a reader that ends without a word is told', async () => {
  await expect(importModel({ node: '/bin/true' }, fixture('residual.keras'))).rejects.toMatchObject({ kind: 'project', code: 'import-ended' });
});

test('the project names its weights, and they are there', async () => {
  const model = await importModel(host, fixture('recurrent.h5'));
  const { project, weights } = await saveImported(model, join(folder, 'signal.netwright'), fixture('recurrent.h5'));
  expect(readdirSync(folder).sort()).toEqual(['signal.netwright', 'signal.weights.safetensors']);
  expect(project.networks[0]?.weights).toBe('signal.weights.safetensors');
  expect(await new ProjectFiles().open(join(folder, 'signal.netwright'))).toEqual(project);
  const stored = decodeSafetensors(readFileSync(weights as string), 'weights');
  expect(stored.metadata).toEqual({ source: 'recurrent.h5' });
  expect(stored.tensors).toEqual(model.weights);
});
