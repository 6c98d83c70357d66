// Whether a graphics card works is found out by a process that may die of it: every end it can have is an answer, and is remembered.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterOf, mayHaveCard } from './adapter.ts';
import { gpuState, type Trying } from './state.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netwright-gpu-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A trainer that does this when it gets its job. */
function trainer(does: string): Trying {
  const path = join(home, 'trainer.cjs');
  writeFileSync(path, `process.on('message', ({ job }) => { if (job.task === 'gpu') { ${does} } });`);
  return { trainer: path, folder: home };
}
const answers = (message: object) => `process.send(${JSON.stringify(message)}, () => process.exit(0));`;
const ready = { type: 'gpu', provider: 'webgpu', driver: 'NVIDIA', software: false };

describe('the self-test', () => {
  it.each([
    ['works', answers(ready), { state: 'ready', provider: 'webgpu', driver: 'NVIDIA', software: false }],
    ['finds no card', answers({ type: 'failed', error: { kind: 'engine', code: 'gpu-missing', message: 'None.' } }), { state: 'missing', reason: 'None.' }],
    [
      'is wrong',
      answers({ type: 'failed', error: { kind: 'engine', code: 'gpu-failed', message: 'Its loss is 7.' } }),
      { state: 'failed', reason: 'Its loss is 7.' },
    ],
    ['crashes', 'process.abort();', { state: 'failed', reason: expect.stringMatching(/crashed in the self-test \(SIG/) }],
    ['ends without a word', 'process.exit(3);', { state: 'failed', reason: expect.stringContaining('(3)') }],
  ])('%s, which is remembered', async (_, does, state) => {
    const first = trainer(does);
    expect(await gpuState(false, first)).toEqual(state);
    expect(await gpuState(false, trainer(answers({ ...ready, driver: 'another' })))).toEqual(state);
  });

  it('that does not end is ended', async () => {
    expect(await gpuState(false, { ...trainer('setInterval(() => {}, 1000);'), limit: 300 })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('did not end'),
    });
  });

  it('is done again when asked, after a day where it failed, and where the note is broken', async () => {
    await gpuState(false, trainer('process.exit(3);'));
    expect(await gpuState(true, trainer(answers(ready)))).toMatchObject({ state: 'ready' });
    await gpuState(true, trainer('process.exit(3);'));
    const path = join(home, 'gpu.json'),
      note = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...note, at: note.at - 25 * 3600 * 1000 }));
    expect(await gpuState(false, trainer(answers(ready)))).toMatchObject({ state: 'ready' });
    await writeFile(path, '{');
    expect(await gpuState(false, trainer('process.exit(4);'))).toMatchObject({ state: 'failed' });
  });
});

describe('the adapter', () => {
  const swiftshader = '/usr/lib/chromium/libvk_swiftshader.so',
    lavapipe = '/usr/lib/libvulkan_lvp.so',
    radeon = '/usr/lib/libvulkan_radeon.so';
  it.each([
    [[swiftshader], 'linux', false, { driver: 'SwiftShader', software: true }],
    [[lavapipe, radeon], 'linux', true, { driver: 'AMD', software: false }],
    [[lavapipe, radeon], 'linux', false, { driver: 'lavapipe', software: true }],
    [['/usr/lib/libGLX_nvidia.so.0'], 'linux', true, { driver: 'NVIDIA', software: false }],
    [['/usr/lib/unknown.so'], 'linux', true, { driver: 'unknown', software: false }],
    [[], 'darwin', true, { driver: 'Metal', software: false }],
    [['C:\\Windows\\System32\\d3d10warp.dll'], 'win32', true, { driver: 'Direct3D 12', software: true }],
  ] as const)('of %j on %s, card %s', (loaded, platform, card, adapter) => {
    expect(adapterOf(loaded, platform, card)).toEqual(adapter);
  });

  it('can be there where Linux has a device for it', () => {
    expect(mayHaveCard('linux', home)).toBe(false);
    writeFileSync(join(home, 'nvidia0'), '');
    expect(mayHaveCard('linux', home)).toBe(true);
    expect(mayHaveCard('darwin', join(home, 'nothing'))).toBe(true);
  });
});
