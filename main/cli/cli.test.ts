// The command as a person or a script starts it: a process of its own, judged by its output and exit status.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Project } from '../../shared/project/project.ts';
import { projectFromTemplate } from '../projects/index.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

interface Result {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  readonly events: Record<string, unknown>[];
}
let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterAll(() => rm(home, { recursive: true }));

/** Starts the command. `heard` sees its output as it comes. */
function run(
  args: readonly string[],
  environment: Record<string, string> = {},
  heard: (out: string, child: ChildProcess) => void = () => undefined,
): Promise<Result> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'netwright.ts'), ...args], {
    cwd: home,
    env: { ...process.env, NETWRIGHT_HOME: join(home, 'home'), NETWRIGHT_DATA: '', ...environment },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    heard(out, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const parsed = () =>
    args.includes('--json')
      ? out
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      : [];
  return new Promise((resolve) => void child.on('close', (status) => resolve({ status, out, err, events: parsed() })));
}
/** A project file made from a template, changed. */
async function project(name: string, template: string, change: (project: Project) => void = () => undefined): Promise<string> {
  const made = projectFromTemplate(template);
  change(made);
  await writeFile(join(home, name), JSON.stringify(made));
  return name;
}
/** A file of exactly these words. */
async function text(name: string, content: string): Promise<string> {
  await writeFile(join(home, name), content);
  return name;
}
const xorNetwork = ['--network', 'With hidden layer'];

describe('netwright forecast', () => {
  it('measures an epoch and keeps nothing; data that is not here is not fetched', async () => {
    const file = await project('forecast.netwright', 'xor');
    const { status, events } = await run(['forecast', file, ...xorNetwork, '--batch-size', '2', '--engine', 'onnxruntime', '--json']);
    expect(status).toBe(0);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ event: 'forecast', network: 'With hidden layer', engine: 'onnxruntime', batch_size: 2 });
    expect(events[0]?.['seconds_per_epoch']).toBeGreaterThan(0);
    expect(events[0]?.['peak_memory']).toBeGreaterThan(0);
    expect(await readdir(join(home, 'home/data/runs')).catch(() => [])).toEqual([]);
  });
});

describe('netwright train', () => {
  it('says with --json exactly the events of a training, and nothing else', async () => {
    const file = await project('xor.netwright', 'xor');
    const { status, events } = await run([
      'train',
      file,
      ...xorNetwork,
      '--epochs',
      '2',
      '--validation-split',
      '0.1',
      '--seed',
      '3',
      '--json',
      '--log-every',
      'batch',
    ]);
    expect(status).toBe(0);
    expect(events[0]).toMatchObject({
      event: 'start',
      engine: 'onnxruntime',
      device: 'cpu',
      network: 'With hidden layer',
      parameters: 33,
      samples: 360,
      seed: 3,
    });
    const batches = events.filter(({ event }) => event === 'batch');
    expect(batches.map(({ epoch, step }) => [epoch, step])).toEqual(Array.from({ length: 24 }, (_, i) => [i < 12 ? 1 : 2, i + 1]));
    expect(events.filter(({ event }) => event === 'epoch')).toHaveLength(2);
    for (const key of ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'seconds', 'samples_per_second'])
      expect(events.find(({ event }) => event === 'epoch')).toHaveProperty(key, expect.any(Number));
    expect(events.at(-1)).toMatchObject({
      event: 'end',
      reason: 'finished',
      run: events[0]?.run,
      test: { loss: expect.any(Number), accuracy: expect.any(Number) },
    });
  });

  it('gives the usual scores of numbers, and takes Keras’ names', async () => {
    const file = await project('sine.netwright', 'sine');
    const { status, events } = await run([
      'train',
      file,
      '--epochs',
      '1',
      '--loss',
      'mean_squared_error',
      '--optimizer',
      'RMSprop',
      '--learning-rate',
      '0.002',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(events.at(-1)?.test).toEqual({ loss: expect.any(Number), mae: expect.any(Number), rmse: expect.any(Number), r2: expect.any(Number) });
  });

  it('goes on exactly where Ctrl-C stopped it', async () => {
    const file = await project('stop.netwright', 'xor');
    const options = [...xorNetwork, '--epochs', '60', '--batch-size', '4', '--json'];
    const whole = await run(['train', file, ...options]);
    let pressed = false;
    const stopped = await run(['train', file, ...options, '--run', 'stopped'], {}, (out, child) => {
      // Once: a second Ctrl-C ends the command without waiting for the checkpoint.
      if (!pressed && out.includes('"epoch":2,')) pressed = child.kill('SIGINT');
    });
    expect(stopped.status).toBe(130);
    expect(stopped.events.at(-1)).toMatchObject({ event: 'end', reason: 'stopped', run: join(home, 'stopped') });
    expect((await readdir(join(home, 'stopped', 'checkpoint'))).length).toBeGreaterThan(0);
    const resumed = await run(['resume', 'stopped', '--json']);
    expect(resumed.status).toBe(0);
    const epochsOf = (events: Result['events']) => events.filter(({ event }) => event === 'epoch').map(({ epoch, loss, accuracy }) => [epoch, loss, accuracy]);
    const own = epochsOf(resumed.events);
    expect(own.length).toBeGreaterThan(0);
    expect(own).toEqual(epochsOf(whole.events).slice(-own.length));
    expect(resumed.events.at(-1)?.test).toEqual(whole.events.at(-1)?.test);
    const evaluated = await run(['evaluate', 'stopped', '--json']);
    expect(evaluated.events).toEqual([{ event: 'evaluate', run: 'stopped', samples: 200, test: whole.events.at(-1)?.test }]);
  });

  it('starts from given weights, and from one’s own data', async () => {
    const file = await project('own.netwright', 'xor');
    await writeFile(
      join(home, 'own.csv'),
      `a,b,answer\n${Array.from({ length: 40 }, (_, i) => `${i & 1},${(i >> 1) & 1},${(i & 1) ^ ((i >> 1) & 1)}`).join('\n')}\n`,
    );
    const first = await run(['train', file, ...xorNetwork, '--epochs', '1', '--data', 'own.csv', '--run', 'first', '--json']);
    expect(first.status).toBe(0);
    expect(first.events.at(-1)).not.toHaveProperty('test');
    const [checkpoint] = await readdir(join(home, 'first', 'checkpoint'));
    const again = await run([
      'train',
      file,
      ...xorNetwork,
      '--epochs',
      '1',
      '--data',
      'own.csv',
      '--from-initial',
      join('first', 'checkpoint', checkpoint as string),
      '--json',
    ]);
    expect(again.status).toBe(0);
    expect(again.events[1]?.loss).toBeLessThan(first.events[1]?.loss as number);
  });
});

describe('the exit status', () => {
  const broken: readonly [string, number, () => Promise<string[]>, RegExp][] = [
    ['no command', 2, async () => ['nothing'], /unknown command 'nothing'/],
    [
      'a batch size of 0',
      2,
      async () => ['train', await project('a', 'xor'), '--batch-size', '0'],
      /'--batch-size <n>' argument '0' is invalid\. Expected a whole number from 1/,
    ],
    ['an unknown option', 2, async () => ['train', 'x', '--fast'], /unknown option '--fast'/],
    [
      'several networks and no choice',
      2,
      async () => ['train', await project('a', 'xor')],
      /several networks: “Single unit”, “With hidden layer”\. Name one with --network/,
    ],
    ['a network that is not there', 2, async () => ['train', await project('a', 'xor'), '--network', 'X'], /no network “X”/],
    ['a template that is not there', 2, async () => ['new', 'nothing', '-o', 'x'], /no template “nothing”/],
    ['a run that is not there', 2, async () => ['evaluate', 'nothing'], /no run “nothing”/],
    ['a file that is there already', 2, async () => ['new', 'xor', '-o', await project('a', 'xor')], /exists already/],
    ['a project that is not there', 3, async () => ['inspect', 'nothing.netwright'], /no project file nothing\.netwright/],
    ['a broken project', 3, async () => ['train', await text('broken', '{"format":"netw')], /broken is not valid JSON/],
    [
      'a project with a batch size of 0',
      3,
      async () => ['train', await project('a', 'sine', (p) => void (p.training.batchSize = 0))],
      /training\.batchSize: Too small/,
    ],
    [
      'an unknown layer',
      3,
      async () => ['train', await project('a', 'sine', (p) => Object.assign(p.networks[0]?.nodes[1] as object, { kind: 'magic' }))],
      /magic/,
    ],
    [
      'a cycle',
      3,
      async () => [
        'train',
        await project(
          'a',
          'sine',
          (p) =>
            void p.networks[0]?.edges.push({
              id: 'back',
              source: p.networks[0].nodes[2]?.id as string,
              target: p.networks[0].nodes[1]?.id as string,
              input: 0,
            }),
        ),
      ],
      /cycle|circle|itself|more than one/i,
    ],
    [
      'shapes that do not fit',
      3,
      async () => [
        'train',
        await project('a', 'mnist-cnn', (p) => Object.assign(p.networks[0]?.nodes[0]?.parameters as object, { shape: [5, 5] })),
        '--data',
        'mnist-sample',
      ],
      /5 × 5/,
    ],
    ['an unknown loss', 2, async () => ['train', await project('a', 'sine'), '--loss', 'magic'], /no loss “magic”/],
    ['a dataset that is not there', 4, async () => ['train', await project('a', 'sine'), '--data', 'nothing'], /no dataset “nothing”/],
    ['a data file that is not there', 4, async () => ['train', await project('a', 'sine'), '--data', 'nothing.npz'], /There is no file .*nothing\.npz/],
    [
      'a folder in place of a data file',
      4,
      async () => ['train', await project('a', 'sine'), '--data', home],
      /is a folder\. Name an \.npz or \.csv file in it/,
    ],
    [
      'weights to start from that are not there',
      4,
      async () => ['train', await project('a', 'sine'), '--from-initial', 'nothing.safetensors'],
      /There is no file .*nothing\.safetensors with weights to start from/,
    ],
    [
      'a file where the run’s folder should be',
      1,
      async () => ['train', await project('a', 'sine'), '--run', await text('taken', '')],
      /The run's files cannot be written to .*taken: /,
    ],
    [
      'words where numbers should be',
      4,
      async () => ['train', await project('a', 'sine'), '--data', await text('words.csv', '1,2\nx,4\n')],
      /words\.csv, line 2, column “column 1”: expected a number, found “x”/,
    ],
    [
      'an engine that is missing',
      5,
      async () => ['train', await project('a', 'sine'), '--engine', 'tensorflow'],
      /TensorFlow is not installed. Install it with “netwright engines install tensorflow”/,
    ],
    [
      'a loss that breaks',
      1,
      async () => ['train', await project('a', 'sine'), '--optimizer', 'sgd', '--learning-rate', '1e30'],
      /loss became .* in epoch 1 at step \d+, with a learning rate of 1e30/,
    ],
  ];
  it.each(broken)('for %s is %i, with a sentence', async (_, expected, args, sentence) => {
    const { status, err } = await run(await args());
    expect(err).toMatch(sentence);
    expect(status).toBe(expected);
  });

  it('for a truncated MNIST file is 4, and names file, expected and found', async () => {
    const data = join(home, 'data');
    const source = join(import.meta.dirname, '../../assets/datasets/fashion-mnist-mini');
    await mkdir(join(data, 'mnist'), { recursive: true });
    for (const name of (await readdir(source)).filter((one) => one.endsWith('.gz')))
      await writeFile(join(data, 'mnist', name), await readFile(join(source, name)));
    const images = join(data, 'mnist', 'train-images-idx3-ubyte.gz');
    await writeFile(images, (await readFile(images)).subarray(0, 1000));
    const { status, events } = await run(['train', await project('m', 'mnist-mlp'), '--json'], { NETWRIGHT_DATA: data });
    expect(status).toBe(4);
    expect(events).toMatchObject([
      {
        event: 'error',
        code: 'idx-gzip',
        where: images,
        message: expect.stringContaining(`${images} cannot be unpacked: it ends too early, after 1000 packed bytes`),
      },
      { event: 'end', reason: 'failed' },
    ]);
    await writeFile(images, gzipSync(Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3])));
    expect((await run(['train', 'm'], { NETWRIGHT_DATA: data })).err).toContain('expected 1584 bytes, found 19');
  });

  it('is also told to programs', async () => {
    const usage = await run(['train', 'x', '--epochs', 'many', '--json']);
    expect([usage.status, usage.events]).toEqual([2, [{ event: 'error', code: 'commander.invalidArgument', message: expect.stringContaining('--epochs') }]]);
    const missing = await run(['train', 'x', '--json']);
    expect([missing.status, missing.events]).toEqual([3, [{ event: 'error', code: 'project-missing', message: expect.any(String), where: 'x' }]]);
  });
});

describe('the other commands', () => {
  it('work for people and for programs', async () => {
    expect((await run(['--help'])).status).toBe(0);
    expect((await run(['templates', '--json'])).events.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['digits', 'mnist-mlp', 'mnist-cnn', 'mnist-lstm', 'xor']),
    );
    expect((await run(['new', 'mnist-mlp', '-o', 'm.netwright'])).status).toBe(0);
    const { status, events } = await run(['inspect', 'm.netwright', '--json']);
    expect([status, events[0]?.totals]).toEqual([0, expect.objectContaining({ parameters: 407_050 })]);
    expect((await run(['datasets', '--json'])).events.map(({ id }) => id)).toContain('mnist-sample');
    expect((await run(['datasets', 'get', 'xor', '--json'])).events).toEqual([{ event: 'dataset', id: 'xor', available: true, bytes: null }]);
  });

  it('engines are listed, tried and refused by name', async () => {
    expect((await run(['engines', '--json'])).events).toMatchObject([
      { id: 'onnxruntime', device: 'cpu', state: 'ready' },
      { id: 'onnxruntime', device: 'gpu' },
      { id: 'tensorflow', state: 'missing', whatToDo: expect.stringContaining('netwright engines install') },
    ]);
    expect((await run(['engines', 'install', 'onnxruntime'])).status).toBe(5);
    expect((await run(['engines', 'install', 'abacus'])).status).toBe(2);
    expect((await run(['engines', 'uninstall', 'tensorflow'])).status).toBe(5);
    expect((await run(['doctor', '--json'])).events).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'ONNX Runtime, CPU', works: true })]));
  });

  it('list and compare runs', async () => {
    const file = await project('c.netwright', 'xor');
    const all = await run(['train', file, '--all', '--epochs', '1', '--json']);
    const ids = all.events.filter(({ event }) => event === 'end').map(({ run: id }) => id as string);
    expect(ids).toHaveLength(2);
    expect((await run(['runs', '--json'])).events.map(({ run: id }) => id)).toEqual(expect.arrayContaining(ids));
    const compared = await run(['compare', ...ids]);
    expect(compared.out).toMatch(/Single unit[\s\S]*With hidden layer/);
  });

  it('find a problem of a network at its layer', async () => {
    const { status, events } = await run(['inspect', await project('p', 'sine', (p) => void p.networks[0]?.edges.pop()), '--json']);
    expect(status).toBe(3);
    expect(events[0]?.problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity: 'error', what: expect.any(String), where: expect.any(String) })]),
    );
  });
});
