import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Events, RunProgress, RunSnapshot, StartRun } from '../../shared/protocol/contract.ts';
import type { FromTrainer } from '../../shared/protocol/trainer.ts';
import { templateOf } from '../../shared/network/templates/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';
import { createDatasets } from '../datasets/index.ts';
import { runWeights } from '../exchange/runWeights.ts';
import { decodeSafetensors } from '../files/safetensors.ts';
import type { Host } from '../host.ts';
import { nodeHost } from '../nodeHost.ts';
import { Curve, thin } from './curve.ts';
import { Runs } from './index.ts';
import { readStatus, writeStatus } from './store.ts';
import { exitError, startTrainer } from './trainerProcess.ts';

// Every run here is a real one, in a real process.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let home: string;
let runs: Runs;
let progress: RunProgress[];
let heard: FromTrainer[];
/** Called for every progress; tests put their deeds here. */
let onProgress: (progress: RunProgress) => void;

function open(over: Partial<Host> = {}): Runs {
  const host = { ...nodeHost({ NETWRIGHT_HOME: home }), dataFolders: [], ...over };
  const emit = <E extends keyof Events>(event: E, payload: Events[E]) => {
    if (event !== 'runs.progress') return;
    progress.push(payload as RunProgress);
    onProgress(payload as RunProgress);
  };
  return new Runs({ host, datasets: createDatasets(host, emit), emit, heard: (_, message) => void heard.push(message) });
}
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwright-'));
  [progress, heard] = [[], []];
  onProgress = () => undefined;
  runs = open();
});
afterEach(async () => {
  await runs.close();
  await rm(home, { recursive: true });
});

const request = (template: string, over: Partial<TrainingSettings> = {}, more: Partial<StartRun> = {}): StartRun => {
  const { create, dataset, training } = templateOf(template);
  return {
    project: 'test',
    network: create()[0] as StartRun['network'],
    settings: { ...defaultTrainingSettings, ...training, ...over },
    dataset: dataset as string,
    race: null,
    ...more,
  };
};
const train = async (what: StartRun): Promise<RunSnapshot> => runs.whenEnded(await runs.start(what));

const base64 = ({ buffer, byteOffset, byteLength }: Float32Array): string => Buffer.from(buffer, byteOffset, byteLength).toString('base64');

describe('a run', () => {
  it('trains, validates, tests, and is told in full', async () => {
    const run = await train(request('xor', { epochs: 3, batchSize: 32 }));
    expect(run).toMatchObject({ status: 'finished', error: null, networkName: expect.any(String), step: run.totalSteps });
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(Object.keys(run.epochs[0]?.values ?? {})).toEqual(expect.arrayContaining(['loss', 'accuracy', 'val_loss', 'val_accuracy']));
    expect(run.test?.accuracy).toBeGreaterThanOrEqual(0);
    expect(run.record).toMatchObject({ dataset: 'xor', samples: { train: 360, validation: 40, test: 200 }, engine: 'onnxruntime' });
    expect(heard.flatMap((m) => (m.type === 'progress' ? m.progress.batches.map(({ step }) => step) : []))).toEqual(
      Array.from({ length: 36 }, (_, i) => i + 1),
    );
  });

  it('gives the same numbers twice, and when it is paused, and when it is stopped and goes on', async () => {
    const settings: Partial<TrainingSettings> = {
      ...{ epochs: 4, batchSize: 8, metrics: ['accuracy', 'auc', 'f1Score'], classWeights: { 1: 2 } },
      optimizer: { id: 'adam', parameters: { useEma: true, emaOverwriteFrequency: 7, globalClipnorm: 0.5, weightDecay: 0.01 } },
      schedule: { id: 'cosineDecay', parameters: { warmupTarget: 0.01, warmupSteps: 20 } },
      callbacks: [{ id: 'earlyStopping', parameters: { patience: 3 } }],
    };
    const numbers = async (run: RunSnapshot) => ({
      batches: await readFile(join(home, 'data', 'runs', run.id, 'batches.f64'), 'hex'),
      epochs: run.epochs.map(({ values }) => values),
      test: run.test,
    });
    const first = await numbers(await train(request('xor', settings)));
    expect(await numbers(await train(request('xor', settings)))).toEqual(first);

    onProgress = ({ id, status, step }) => {
      if (status === 'running' && step > 0) runs.pause(id);
      if (status !== 'paused') return;
      onProgress = () => undefined;
      void runs.resume(id);
    };
    expect(await numbers(await train(request('xor', settings)))).toEqual(first);
    expect(progress.some(({ status }) => status === 'paused')).toBe(true);

    onProgress = ({ id, status, step }) => {
      if (status !== 'running' || step === 0) return;
      onProgress = () => undefined;
      runs.stop(id);
    };
    const stopped = await train(request('xor', settings));
    expect(stopped.status).toBe('stopped');
    expect(stopped.step).toBeLessThan(stopped.totalSteps);
    await runs.resume(stopped.id);
    const again = await runs.whenEnded(stopped.id);
    expect(again).toMatchObject({ status: 'finished', epochs: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }, { epoch: 4 }] });
    expect(await numbers(again)).toEqual(first);
  });

  it('ends early where a callback wants it, with the weights of the best epoch', async () => {
    const callbacks = [{ id: 'earlyStopping', parameters: { patience: 2, monitor: 'val_accuracy', minDelta: 2 } }];
    const run = await train(request('xor', { epochs: 9, callbacks }));
    expect(run).toMatchObject({
      status: 'finished',
      note: expect.stringMatching(/^Early stopping after epoch 3: val_accuracy has not become better since epoch 1/),
    });
    expect(run.epochs).toHaveLength(3);
    const folder = join(home, 'data', 'runs', run.id);
    const kept = decodeSafetensors(await readFile(join(folder, 'best-earlyStopping.safetensors')), 'best').tensors;
    const newest = async (kind: string) => {
      const [last] = (await readdir(join(folder, kind))).toSorted().toReversed();
      return decodeSafetensors(await readFile(join(folder, kind, String(last))), kind).tensors;
    };
    const [learned, checkpoint] = [await newest('learned'), await newest('checkpoint')];
    expect(kept.size).toBeGreaterThan(0);
    for (const [name, { data }] of kept) {
      expect(learned.get(name)?.data).toEqual(data);
      expect(checkpoint.get(name)?.data).not.toEqual(data);
    }
    expect((await runWeights(folder))?.weights).toEqual(Object.fromEntries([...kept].map(([name, { shape, data }]) => [name, { shape, data: base64(data) }])));
  });

  it('trains from disk what does not fit into memory, with the same numbers, and says so', async () => {
    const settings = { epochs: 2, batchSize: 32 };
    const numbers = async (run: RunSnapshot) => ({ batches: await readFile(join(home, 'data', 'runs', run.id, 'batches.f64'), 'hex'), test: run.test });
    const inMemory = await train(request('xor', settings));
    process.env['NETWRIGHT_DATA_MEMORY'] = '0';
    const streamed = await train(request('xor', settings)).finally(() => delete process.env['NETWRIGHT_DATA_MEMORY']);
    expect(await numbers(streamed)).toEqual(await numbers(inMemory));
    expect([inMemory.record?.streamed, streamed.record?.streamed]).toEqual([undefined, ['features/point', 'labels/class']]);
    expect(streamed.record?.peakMemory).toBeGreaterThan(2 ** 20);
    expect((await runs.get(streamed.id)).record).toEqual(streamed.record);
  });

  it('goes on to more epochs from its own weights, though it settled on averages or the best', async () => {
    const settings: Partial<TrainingSettings> = {
      optimizer: { id: 'adam', parameters: { useEma: true, emaMomentum: 0.5 } },
      callbacks: [{ id: 'earlyStopping', parameters: { patience: 50, restoreBestWeights: true } }],
    };
    const numbers = async (run: RunSnapshot) => ({ batches: await readFile(join(home, 'data', 'runs', run.id, 'batches.f64'), 'hex'), test: run.test });
    const whole = await train(request('xor', { epochs: 4, batchSize: 32, ...settings }));
    const half = await train(request('xor', { epochs: 2, batchSize: 32, ...settings }));
    await runs.continueRun(join(home, 'data', 'runs', half.id), 4);
    expect(await numbers(await runs.whenEnded(half.id))).toEqual(await numbers(whole));
  });

  it('refuses a callback that watches what no epoch gives', async () => {
    const run = await train(request('xor', { epochs: 1, validationSplit: 0, callbacks: [{ id: 'earlyStopping', parameters: {} }] }));
    expect(run).toMatchObject({
      status: 'failed',
      error: { kind: 'project', code: 'callback-misfit', message: expect.stringContaining('Set a validation split') },
    });
  });

  it('whose trainer is killed fails at once with the reason, and the next one works', async () => {
    const long = request('digits', { epochs: 50 }, { dataset: 'fashion-mnist-mini' });
    let killed = 0;
    onProgress = ({ status, step }) => {
      if (status !== 'running' || step === 0 || killed) return;
      killed = performance.now();
      process.kill((runs as unknown as { current: { trainer: { pid: number } } }).current.trainer.pid, 'SIGKILL');
    };
    const run = await train(long);
    expect(performance.now() - killed).toBeLessThan(2000);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'trainer-killed', message: expect.stringContaining('killed from outside (SIGKILL)') } });
    expect((await train(request('xor', { epochs: 1 }))).status).toBe('finished');
  });

  it('stops within a second', async () => {
    let asked = 0;
    onProgress = ({ id, status, step }) => {
      if (status !== 'running' || step === 0 || asked) return;
      asked = performance.now();
      runs.stop(id);
    };
    const run = await train(request('digits', { epochs: 1000 }, { dataset: 'fashion-mnist-mini' }));
    expect(run.status).toBe('stopped');
    expect(performance.now() - asked).toBeLessThan(1500);
  });

  it('waits for the one before it; a waiting one can be stopped', async () => {
    const ids = await Promise.all([1, 2, 3].map((seed) => runs.start(request('xor', { epochs: 2, seed }, { race: 'r' }))));
    runs.stop(ids[1] as string);
    const ended = await Promise.all(ids.map((id) => runs.whenEnded(id)));
    expect(ended.map(({ status, race }) => [status, race])).toEqual([
      ['finished', 'r'],
      ['stopped', 'r'],
      ['finished', 'r'],
    ]);
    const firstOf = (id: string | undefined, status: string) => progress.findIndex((one) => one.id === id && one.status === status);
    expect(firstOf(ids[2], 'preparing')).toBeGreaterThan(firstOf(ids[0], 'finished'));
  });

  const impossible: readonly [string, () => StartRun, string, RegExp][] = [
    ['a dataset that does not exist', () => request('xor', {}, { dataset: 'nothing' }), 'data', /There is no dataset “nothing”/],
    ['a network without layers', () => request('xor', {}, { network: { id: 'n', name: 'Empty', nodes: [], edges: [] } }), 'project', /Empty/],
    ['an unknown optimizer', () => request('xor', { optimizer: { id: 'magic', parameters: {} } }), 'project', /magic/],
    ['an engine that is missing', () => request('xor', { engine: 'tensorflow' }), 'engine', /TensorFlow is not installed\. Install it with/],
    [
      'a learning rate that breaks the loss',
      () => request('sine', { optimizer: { id: 'sgd', parameters: { learningRate: 1e30 } }, epochs: 5 }),
      'work',
      /loss became .* in epoch 1 at step \d+, with a learning rate of 1e30/,
    ],
  ];
  it.each(impossible)('fails with a sentence for %s', async (_, what, kind, sentence) => {
    const run = await train(what());
    expect(run).toMatchObject({ status: 'failed', error: { kind } });
    expect(run.error?.message).toMatch(sentence);
  });
});

describe('runs on disk', () => {
  it('are the same after a new start of the app', async () => {
    const run = await train(request('xor', { epochs: 2 }));
    const again = open();
    expect(await again.get(run.id)).toMatchObject({ ...run, memory: null, secondsLeft: null, samplesPerSecond: expect.any(Number), batches: run.batches });
    expect((await again.list()).map(({ id }) => id)).toEqual([run.id]);
    await again.remove(run.id);
    expect(await again.list()).toEqual([]);
  });

  it('that were active when their process ended become failed ones', async () => {
    const run = await train(request('xor', { epochs: 1 }));
    const folder = join(home, 'data', 'runs', run.id);
    await writeStatus(folder, { ...(await readStatus(folder)), status: 'running', owner: 2 ** 22 + 1 });
    const again = open();
    await again.recover();
    expect(await again.get(run.id)).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
  });

  it('of which a file is damaged do not hide the others', async () => {
    const good = await train(request('xor', { epochs: 1 }));
    const bad = await train(request('xor', { epochs: 1 }));
    await writeFile(join(home, 'data', 'runs', bad.id, 'job.json'), '{}');
    const again = open();
    expect((await again.list()).map(({ id }) => id)).toEqual([good.id]);
    await expect(again.get(bad.id)).rejects.toThrow(/job\.json is damaged\. id: expected string/);
  });

  it.each(['..', '../runs', 'a/b', ''])('cannot be reached by the id “%s”', async (id) => {
    await expect(runs.remove(id)).rejects.toThrow(`There is no run “${id}”`);
  });
});

describe('the trainer process', () => {
  it('sees nothing of our environment but what it needs', async () => {
    const script = join(home, 'child.mjs');
    await writeFile(
      script,
      'process.send({ type: "failed", error: { kind: "work", code: "environment", message: Object.keys(process.env).join() } }, () => process.exit(0));',
    );
    process.env.NETWRIGHT_TEST_TOKEN = 'secret';
    const names = await new Promise<string>((resolve) => {
      let last = '';
      startTrainer(
        { node: process.execPath, trainer: script, engines: join(home, 'engines') },
        { task: 'engines', tested: false, only: null },
        { message: (m) => void (last = m.type === 'failed' ? m.error.message : ''), end: () => resolve(last) },
      );
    });
    delete process.env.NETWRIGHT_TEST_TOKEN;
    expect(names).toContain('PATH');
    expect(names).not.toContain('NETWRIGHT_TEST_TOKEN');
  });

  it('ends when the process that started it is gone', async () => {
    const { node, trainer } = nodeHost({ NETWRIGHT_HOME: home });
    const script = `
      import { fork } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const child = fork(${JSON.stringify(trainer)}, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
      writeFileSync(${JSON.stringify(join(home, 'pid'))}, String(child.pid));
      child.on('spawn', () => process.kill(process.pid, 'SIGKILL'));`;
    await writeFile(join(home, 'parent.mjs'), script);
    const { spawn } = await import('node:child_process');
    const parent = spawn(node, [join(home, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'ignore'] });
    // The grandchild holds the pipe: it closes when both are gone.
    parent.stdout.resume();
    const closed = await new Promise((resolve) => void parent.on('close', (_, signal) => resolve(signal)));
    expect(closed).toBe('SIGKILL');
    expect(Number(await readFile(join(home, 'pid'), 'utf8'))).toBeGreaterThan(0);
  });

  it('that cannot be started says so', async () => {
    runs = open({ node: join(home, 'no-node') });
    expect(await train(request('xor'))).toMatchObject({
      status: 'failed',
      error: { code: 'trainer-start', message: expect.stringContaining('could not be started') },
    });
  });

  it.each([
    [134, null, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'out-of-memory'],
    [null, 'SIGKILL', '', 'trainer-killed'],
    [null, 'SIGSEGV', 'boom', 'trainer-killed'],
    [1, null, 'Error: x', 'trainer-crashed'],
  ] as const)('with exit status %s and signal %s is explained', (code, signal, stderr, expected) => {
    expect(exitError(code, signal, stderr).code).toBe(expected);
  });
});

describe('a curve', () => {
  it('of any length keeps few points, evenly, and the newest', () => {
    const curve = new Curve(100);
    for (let step = 1; step <= 12_345; step++) curve.add({ step, values: { loss: step } });
    const steps = curve.all().map((point) => point.step);
    expect(steps.length).toBeLessThanOrEqual(101);
    expect(steps.length).toBeGreaterThan(45);
    expect([steps[0], steps.at(-1)]).toEqual([1, 12_345]);
    expect(new Set(steps.slice(1, -1).map((step, i) => step - (steps[i] as number))).size).toBe(1);
  });

  it('thinned once keeps its first and last point', () => {
    const points = Array.from({ length: 1000 }, (_, i) => ({ step: i + 1, values: {} }));
    const kept = thin(points, 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect([kept[0]?.step, kept.at(-1)?.step]).toEqual([1, 1000]);
    expect(thin(points.slice(0, 50), 100)).toHaveLength(50);
  });
});
