// The weights of a run for the window: the newest checkpoint's, without what the optimizer keeps.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeSafetensors, type StoredTensor } from '../files/safetensors.ts';
import { runWeights } from './runWeights.ts';

const root = mkdtempSync(join(tmpdir(), 'netwright-weights-'));
afterAll(() => rmSync(root, { recursive: true }));

function keep(run: string, step: number, tensors: Readonly<Record<string, StoredTensor>>): string {
  const folder = join(root, run);
  mkdirSync(join(folder, 'checkpoint'), { recursive: true });
  const bytes = Buffer.concat(encodeSafetensors({ metadata: { step: String(step), learningRate: '0.1' }, tensors: new Map(Object.entries(tensors)) }));
  writeFileSync(join(folder, 'checkpoint', `step-${String(step).padStart(9, '0')}.safetensors`), bytes);
  return folder;
}
const numbers = (...data: readonly number[]): StoredTensor => ({ shape: [data.length], data: Float32Array.from(data) });
const decoded = (text: string | undefined): number[] => {
  const bytes = Uint8Array.from(Buffer.from(text ?? '', 'base64'));
  return [...new Float32Array(bytes.buffer)];
};

test('the newest checkpoint, without slots; a layer may be called like an optimizer', async () => {
  const slots = { 'adam/dense/kernel/momentum': numbers(9, 9), 'adam/adam/kernel/momentum': numbers(9) };
  keep('run', 10, { 'dense/kernel': numbers(0, 0) });
  const folder = keep('run', 20, { 'dense/kernel': numbers(1.5, -2), 'adam/kernel': numbers(3), ...slots });
  const found = await runWeights(folder);
  expect(found?.step).toBe(20);
  expect(Object.keys(found?.weights ?? {})).toEqual(['dense/kernel', 'adam/kernel']);
  expect(decoded(found?.weights['dense/kernel']?.data)).toEqual([1.5, -2]);
  writeFileSync(join(folder, 'checkpoint', 'step-000000030.safetensors'), 'torn');
  await expect(runWeights(folder)).rejects.toThrow(/step-000000030.safetensors is not a whole safetensors file.*remove it where that will do/);
});

test('nothing kept yet is no fault', async () => {
  mkdirSync(join(root, 'young'));
  expect(await runWeights(join(root, 'young'))).toBeNull();
});
