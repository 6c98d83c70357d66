// What the engines' table makes of a graphics card that was tried before: listed, offered to “auto” or not, refused in words.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enginesVariable, noteName } from '../../files/installedEngine.ts';
import { describeEngines, gpuForAuto, loadEngine } from './index.ts';
import { mayHaveCard } from './onnxruntime/gpu/adapter.ts';
import { gpuState } from './onnxruntime/gpu/state.ts';

let home = '';
const before = process.env[enginesVariable];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netwright-table-'));
  process.env[enginesVariable] = home;
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
  if (before === undefined) delete process.env[enginesVariable];
  else process.env[enginesVariable] = before;
});

/** Remembers what a self-test answered. */
async function tried(answer: object): Promise<void> {
  const trainer = join(home, 'trainer.cjs');
  writeFileSync(trainer, `process.on('message', () => process.send(${JSON.stringify(answer)}, () => process.exit(0)));`);
  await gpuState(true, { trainer, folder: home });
}
const found = async () => (await describeEngines(false)).find(({ device, id }) => device === 'gpu' && id === 'onnxruntime');
const card = { type: 'gpu', provider: 'webgpu', driver: 'NVIDIA', software: false };

describe('a graphics card', () => {
  it('that works is listed with what is known of it, and measured like the others', async () => {
    await tried(card);
    expect(await found()).toMatchObject({ state: 'ready', reason: expect.stringContaining('driver: NVIDIA'), whatToDo: null });
    expect(await gpuForAuto()).toMatchObject({ id: 'onnxruntime', device: 'gpu' });
    expect(await loadEngine({ engine: 'onnxruntime', device: 'gpu' })).toMatchObject({ id: 'onnxruntime', device: 'gpu' });
  });

  it('in software is said to be so, and never tried in place of the CPU; asked for by name it is used', async () => {
    await tried({ ...card, driver: 'SwiftShader', software: true });
    const words = expect.stringMatching(/Software Vulkan \(SwiftShader\): for tests, slower than the CPU/);
    expect(await found()).toMatchObject({ state: 'ready', reason: words });
    expect(await gpuForAuto()).toEqual({ engine: 'onnxruntime/gpu', reason: words });
    expect(await loadEngine({ engine: 'onnxruntime', device: 'gpu' })).toMatchObject({ device: 'gpu', version: expect.stringContaining('software Vulkan') });
  });

  it('whose driver fails is refused with the reason and what works instead', async () => {
    await tried({ type: 'failed', error: { kind: 'engine', code: 'gpu-failed', message: 'webgpu: Its losses are wrong.' } });
    expect(await found()).toMatchObject({ state: 'failed', reason: 'webgpu: Its losses are wrong.', whatToDo: expect.stringContaining('driver') });
    expect(await gpuForAuto()).toEqual({ engine: 'onnxruntime/gpu', reason: 'webgpu: Its losses are wrong.' });
    await expect(loadEngine({ engine: 'onnxruntime', device: 'gpu' })).rejects.toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(/Its losses are wrong.*The device “cpu” works/),
    });
  });
});

/** The note of an installed TensorFlow and its addon, which is no library. */
function noteTensorflow(more: object): string {
  const note = { version: '2.21.0', way: 'wheel', addon: 'none.node', installedAt: '2026-01-01T00:00:00Z', ...more };
  const folder = join(home, 'tensorflow');
  mkdirSync(folder);
  writeFileSync(join(folder, noteName), JSON.stringify(note));
  writeFileSync(join(folder, note.addon), '');
  return folder;
}
const listedTensorflow = async (tested = false) => (await describeEngines(tested, 'tensorflow'))[0];

describe('TensorFlow that was installed for a card', () => {
  it('is not offered where there can be none: the table and a training say what to do', async () => {
    noteTensorflow({ device: 'gpu' });
    // Of a machine with a card it is found out when it computes.
    const reason = expect.stringMatching(/finds none here: .*nvidia-smi.*install TensorFlow anew/);
    expect(await listedTensorflow()).toMatchObject(
      mayHaveCard() ? { state: 'ready', device: 'gpu' } : { state: 'failed', device: 'gpu', reason, whatToDo: null },
    );
    if (!mayHaveCard()) await expect(loadEngine({ engine: 'tensorflow', device: 'auto' })).rejects.toMatchObject({ code: 'device-missing', message: reason });
  });

  it('and kept for the CPU says why', async () => {
    noteTensorflow({ device: 'cpu', withoutCard: 'It failed there.' });
    expect(await listedTensorflow()).toMatchObject({ state: 'ready', device: 'cpu', reason: 'It failed there.' });
  });
});

describe('TensorFlow of which a file was cut short or is gone', () => {
  it.each([{ 'none.node': 1 }, { 'none.node': 0, 'python/libtensorflow.so': 10 }])('is not loaded, since that would end the process: %j', async (files) => {
    noteTensorflow({ device: 'cpu', files });
    const reason = expect.stringMatching(/not whole here: .*(none.node|libtensorflow.so) is missing or was cut short.*engines install tensorflow/);
    expect(await listedTensorflow()).toMatchObject({ state: 'failed', reason, whatToDo: null });
    expect(await listedTensorflow(true)).toMatchObject({ state: 'failed', reason });
    await expect(loadEngine({ engine: 'tensorflow', device: 'auto' })).rejects.toMatchObject({ kind: 'engine', code: 'engine-damaged' });
  });
});
