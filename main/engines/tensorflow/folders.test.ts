// Where TensorFlow is built and put: one installation at a time, nothing of an earlier one left, the old engine kept until the new one is whole.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeRoom, uninstallTensorflow } from './folders.ts';

let engines = '';
beforeEach(() => {
  engines = mkdtempSync(join(tmpdir(), 'netwright-folders-'));
});
afterEach(() => rmSync(engines, { recursive: true, force: true }));

function put(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'what'), text);
}
const installed = () => readFileSync(join(engines, 'tensorflow', 'what'), 'utf8');

it('what was built takes the place of what was there, and nothing else is left', async () => {
  put(join(engines, 'tensorflow'), 'old');
  const room = await takeRoom(engines);
  put(room.folder, 'new');
  await room.putInPlace();
  await room.leave();
  expect([installed(), readdirSync(engines)]).toEqual(['new', ['tensorflow']]);
});

it('where nothing was built, what was there stays', async () => {
  put(join(engines, 'tensorflow'), 'old');
  const room = await takeRoom(engines);
  await expect(room.putInPlace()).rejects.toThrow();
  await room.leave();
  expect(installed()).toBe('old');
});

it('what a process that was killed has left is removed; of one that lives it is not touched', async () => {
  // No process has so high a number; the first one of all always lives.
  put(join(engines, '.installing-99999999'), 'half');
  put(join(engines, '.removing-99999998'), 'half');
  await (await takeRoom(engines)).leave();
  expect(readdirSync(engines)).toEqual([]);
  put(join(engines, '.installing-1'), 'at work');
  await expect(takeRoom(engines)).rejects.toMatchObject({ code: 'engine-installing', message: expect.stringMatching(/another Netwright .*process 1.*Wait/) });
  expect(readdirSync(engines)).toEqual(['.installing-1']);
});

it('a folder that cannot be made is said with what to do', async () => {
  writeFileSync(join(engines, 'file'), '');
  await expect(takeRoom(join(engines, 'file', 'engines'))).rejects.toMatchObject({ code: 'engine-folder', message: expect.stringContaining('NETWRIGHT_HOME') });
});

it('what goes wrong is said in words where the disk is to blame, else as it is', async () => {
  const room = await takeRoom(engines);
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  const busy = Object.assign(new Error('EBUSY'), { code: 'EBUSY', syscall: 'rename' });
  expect(room.inWords(full)).toMatchObject({ code: 'engine-disk-full', message: expect.stringContaining(engines) });
  expect(room.inWords(busy)).toMatchObject({ code: 'engine-in-use', message: expect.stringMatching(/Stop the trainings/) });
  expect(room.inWords(engines)).toBe(engines);
  await room.leave();
});

it('removing leaves nothing, and says where there was nothing', async () => {
  put(join(engines, 'tensorflow', 'python'), 'old');
  expect(await uninstallTensorflow(engines)).toBe(true);
  expect([existsSync(join(engines, 'tensorflow')), readdirSync(engines)]).toEqual([false, []]);
  expect(await uninstallTensorflow(engines)).toBe(false);
});
