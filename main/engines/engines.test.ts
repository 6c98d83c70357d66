// Installing an engine: what is asked of the system, that cancelling leaves nothing, that mistakes are said. A whole installation is what
// `npm test` itself begins with (main/setup/tensorflow.mjs).

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../nodeHost.ts';
import { Engines, listEngines } from './index.ts';
import { firstWorking, run } from './programs.ts';
import { placeFor } from './tensorflow/place.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netwright-engines-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const never = new AbortController().signal;

describe('programs', () => {
  it('give their status and both outputs', async () => {
    const heard: string[] = [];
    const script = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3;";
    const { status, output } = await run(process.execPath, ['-e', script], { signal: never, heard: (text) => void heard.push(text) });
    expect([status, [...heard].sort().join()]).toEqual([3, 'err,out']);
    expect(output).toContain('err');
  });

  it('that cannot be started are said to be so', async () => {
    expect((await run(join(home, 'nothing'), [], { signal: never })).status).toBe(127);
    expect(await firstWorking([[join(home, 'nothing')], [process.execPath]], ['--version'], never)).toEqual([process.execPath]);
    expect(await firstWorking([[join(home, 'nothing')]], ['--version'], never)).toBeNull();
  });

  it('end when the person cancels, and after their limit', async () => {
    const cancel = new AbortController();
    const waiting = run(process.execPath, ['-e', "process.stdout.write('here'); setInterval(() => {}, 1000);"], {
      signal: cancel.signal,
      heard: () => cancel.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
    expect((await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { signal: never, limit: 300 })).status).not.toBe(0);
  });
});

describe('what a system calls things', () => {
  it.each([
    ['linux', 'x64', false, 'tensorflow-cpu'],
    ['linux', 'x64', true, 'tensorflow[and-cuda]'],
    ['linux', 'arm64', false, 'tensorflow'],
    ['darwin', 'arm64', false, 'tensorflow'],
  ] as const)('%s %s, GPU %s: %s', (platform, arch, gpu, wheel) => {
    const place = placeFor(platform, arch, gpu);
    expect(place.wheel).toBe(wheel);
    expect(place.link('/f').join(' ')).toMatch(
      platform === 'linux' ? /-l:libtensorflow_cc\.so\.2 .*rpath,\$ORIGIN/ : /-ltensorflow_cc\.2 .*rpath,@loader_path/,
    );
  });

  it('where no wheel fits, the other engine is named', () => {
    expect(() => placeFor('win32', 'x64', false)).toThrow(/On win32 x64 .* ONNX Runtime trains here without it/);
  });
});

describe('engines', () => {
  const open = (emit: (step: string) => void = () => undefined) => {
    const host = nodeHost({ NETWRIGHT_HOME: home });
    return { host, engines: new Engines(host, (_, payload) => emit((payload as { step: string }).step)) };
  };

  it('are listed without loading what is not there', async () => {
    expect(await open().engines.list()).toMatchObject([
      { id: 'onnxruntime', device: 'cpu', state: 'ready' },
      { id: 'onnxruntime', device: 'gpu' },
      { id: 'tensorflow', state: 'missing', version: null },
    ]);
  });

  it('of which one takes the process with it are asked one by one: the others are listed all the same', async () => {
    const trainer = join(home, 'trainer.mjs');
    const ready = { id: 'onnxruntime', title: 'ONNX Runtime', device: 'cpu', version: '1', state: 'ready', reason: null, whatToDo: null };
    const answer = `process.send({ type: 'engines', engines: [${JSON.stringify(ready)}] }, () => process.exit(0))`;
    writeFileSync(trainer, `process.on('message', ({ job }) => job.only === 'onnxruntime' ? ${answer} : process.kill(process.pid, 'SIGKILL'));`);
    expect(await listEngines({ ...nodeHost({ NETWRIGHT_HOME: home }), trainer }, true)).toEqual([
      ready,
      expect.objectContaining({
        id: 'tensorflow',
        state: 'failed',
        reason: expect.stringMatching(/^The trainer was killed/),
        whatToDo: expect.stringContaining('install it again'),
      }),
    ]);
  });

  it('cancelled while being installed, nothing of it is left', async () => {
    const steps: string[] = [];
    const { host, engines } = open((step) => {
      steps.push(step);
      engines.cancel();
    });
    await expect(engines.install('tensorflow')).rejects.toMatchObject({ code: 'engine-cancelled' });
    expect(steps).toHaveLength(1);
    expect(existsSync(host.engines) ? readdirSync(host.engines) : []).toEqual([]);
  });

  it('that cannot be installed or removed are refused by name', async () => {
    const { engines } = open();
    await expect(engines.install('onnxruntime')).rejects.toMatchObject({ kind: 'engine', message: expect.stringMatching(/comes with Netwright/) });
    await expect(engines.install('abacus')).rejects.toMatchObject({ kind: 'usage', message: expect.stringMatching(/no engine “abacus”.*tensorflow/) });
    await expect(engines.uninstall('abacus')).rejects.toMatchObject({ kind: 'usage' });
    await expect(engines.uninstall('tensorflow')).rejects.toThrow(/not installed/);
  });
});
