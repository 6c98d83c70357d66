// Installing TensorFlow on a machine with an NVIDIA card. The programs of the system are stand-ins that note what they are asked for: a driver that answers, a
// pip that gives a small wheel, a compiler. What they make is real: unpacked, noted, kept or taken back.

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installedEngine } from '../../files/installedEngine.ts';
import { nodeHost } from '../../nodeHost.ts';
import { type InstallOptions, installTensorflow } from './install.ts';

let home = '',
  told: string[] = [];
const before = process.env['PATH'];
const engines = () => join(home, 'engines');
const asked = () => readFileSync(join(home, 'asked'), 'utf8');

/** A program of the system: notes its words, then does what it is told. */
function standIn(name: string, script: string): string {
  const path = join(home, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "${home}/asked"\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

beforeEach(() => {
  told = [];
  home = mkdtempSync(join(tmpdir(), 'netwright-card-'));
  mkdirSync(join(home, 'bin'));
  const files = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2', 'tensorflow/include/tensorflow/c/c_api.h'];
  const wheel = [...files, 'nvidia/cudnn/lib/libcudnn.so.9', 'nvidia/cudnn/include/cudnn.h'].map((name) => [name, strToU8(name)] as const);
  writeFileSync(join(home, 'wheel'), zipSync(Object.fromEntries(wheel)));
  standIn('nvidia-smi', 'echo "GPU 0: NVIDIA (UUID: GPU-0)"');
  standIn('python3', `while [ $# -gt 1 ]; do [ "$1" = -d ] && cp "${home}/wheel" "$2/all.whl"; shift; done; exit 0`);
  standIn('g++', 'while [ $# -gt 0 ]; do [ "$1" = -o ] && echo addon > "$2"; shift; done; exit 0');
  process.env['PATH'] = [join(home, 'bin'), before].join(delimiter);
});
afterEach(() => {
  process.env['PATH'] = before;
  rmSync(home, { recursive: true, force: true });
});

/**
 * @param test what the engine's self-test says for each device
 * @param node what does the package's own download: here it does not work
 */
async function install(test: Readonly<Record<'cpu' | 'gpu', string | null>>, node = 'exit 1', system: InstallOptions['system'] = process): Promise<void> {
  const { trainer } = nodeHost({ NETWRIGHT_HOME: home });
  await installTensorflow({
    engines: engines(),
    trainer,
    system,
    node: standIn('node', node),
    signal: new AbortController().signal,
    tell: (step) => void told.push(step),
    test: async (folder) => test[installedEngine(join(folder, 'tensorflow'))?.device ?? 'cpu'],
  });
}
const missing = 'TensorFlow finds no card.';

/** The package's download as it works: an addon. */
const downloads = 'mkdir -p lib/napi-v8 && echo addon > lib/napi-v8/tfjs_binding.node';
const windows = { platform: 'win32', arch: 'x64' } as const;

// The stand-ins are for a shell.
if (process.platform !== 'win32') {
  it('the package’s own TensorFlow is kept where it uses the card', async () => {
    await install({ gpu: null, cpu: null }, downloads);
    expect(asked()).toMatch(/node scripts\/install\.js gpu download/);
    expect(installedEngine(join(engines(), 'tensorflow'))).toMatchObject({ device: 'gpu', way: 'package' });
  });

  it('where it cannot and there is no wheel, that for the CPU is kept, and the reason with it', async () => {
    await install({ gpu: missing, cpu: null }, downloads, windows);
    expect(asked()).toMatch(/install\.js gpu download[\s\S]*install\.js cpu download/);
    const noted = installedEngine(join(engines(), 'tensorflow'));
    expect(noted).toMatchObject({ device: 'cpu', way: 'package', withoutCard: expect.stringContaining('graphics card') });
    await expect(install({ gpu: missing, cpu: 'It is broken.' }, downloads, windows)).rejects.toMatchObject({ code: 'engine-no-wheel' });
    // What worked before is still there.
    expect(installedEngine(join(engines(), 'tensorflow'))).toEqual(noted);
  });
}

// Other systems have no wheel for such a card.
if (process.platform === 'linux') {
  it('the wheel for the card comes with NVIDIA’s libraries, which are unpacked beside TensorFlow’s', async () => {
    await install({ gpu: null, cpu: null });
    expect(asked()).toMatch(/nvidia-smi -L/);
    const download = asked()
      .split('\n')
      .find((line) => line.includes(' download '));
    expect(download).toMatch(/ tensorflow\S*==2\.21\.0$/);
    if (process.arch === 'x64') expect(download).toContain('tensorflow[and-cuda]==');
    expect(download).not.toContain('--no-deps');
    const folder = join(engines(), 'tensorflow');
    expect(installedEngine(folder)).toMatchObject({ device: 'gpu', way: 'wheel', version: '2.21.0' });
    expect(existsSync(join(folder, 'python/nvidia/cudnn/lib/libcudnn.so.9'))).toBe(true);
    expect(readdirSync(join(folder, 'python/nvidia/cudnn'))).toEqual(['lib']);
  });

  it('where TensorFlow cannot use the card it is kept for the CPU, and the reason with it', async () => {
    await install({ gpu: missing, cpu: null });
    const noted = installedEngine(join(engines(), 'tensorflow'));
    expect(noted).toMatchObject({ device: 'cpu', withoutCard: expect.stringMatching(/computes on the CPU: .*failed on the graphics card/) });
    expect(told).toContain(`Not on the graphics card: ${missing}`);
  });

  it('where it computes on neither, nothing is left', async () => {
    await expect(install({ gpu: missing, cpu: 'It is broken.' })).rejects.toMatchObject({ code: 'engine-failed', message: expect.stringContaining(missing) });
    expect(readdirSync(engines())).toEqual([]);
  });

  it('without a compiler nothing is downloaded', async () => {
    process.env['PATH'] = join(home, 'bin');
    standIn('g++', 'exit 127');
    await expect(install({ gpu: null, cpu: null })).rejects.toMatchObject({ code: 'engine-no-compiler', message: expect.stringContaining('g++ or clang') });
    expect(asked()).not.toContain('download --');
    expect(readdirSync(engines())).toEqual([]);
  });

  it('of a full disk it says so, wherever it was full, and nothing is left', async () => {
    standIn('python3', `[ "$3" = --version ] && exit 0; echo "OSError: [Errno 28] No space left on device: '/x'" >&2; exit 1`);
    await expect(install({ gpu: null, cpu: null })).rejects.toMatchObject({
      code: 'engine-disk-full',
      message: expect.stringMatching(/disk is full.*NETWRIGHT_HOME/),
    });
    standIn('python3', `[ "$3" = --version ] && exit 0; echo "(Retry) NewConnectionError('<x>: [Errno -3] Temporary failure in name resolution')" >&2; exit 1`);
    await expect(install({ gpu: null, cpu: null })).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringMatching(/Check the network.* pip said: Temporary failure in name resolution$/),
    });
    expect(readdirSync(engines())).toEqual([]);
  });

  it('every compiled file is noted with its bytes', async () => {
    await install({ gpu: null, cpu: null });
    const { files } = installedEngine(join(engines(), 'tensorflow')) ?? {};
    expect(files).toMatchObject({ 'tfjs_binding.node': 6, 'python/tensorflow/libtensorflow_cc.so.2': 32, 'python/nvidia/cudnn/lib/libcudnn.so.9': 30 });
  });

  it('without a card it is the smaller wheel, alone', async () => {
    standIn('nvidia-smi', 'exit 9');
    await install({ gpu: missing, cpu: null });
    expect(asked()).toMatch(/download .*--no-deps.* tensorflow(-cpu)?==2\.21\.0/);
    expect(installedEngine(join(engines(), 'tensorflow'))).toMatchObject({ device: 'cpu' });
    expect(installedEngine(join(engines(), 'tensorflow'))?.withoutCard).toBeUndefined();
  });
} else {
  it('TensorFlow’s wheel for NVIDIA’s cards is for Linux only', () => expect(process.platform).not.toBe('linux'));
}
