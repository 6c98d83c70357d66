// Speed beside Keras: the same network, data, batch and optimizer, both sides in turn in one run on one machine, as ratios of medians.
// Also the time to the first batch and the peak memory. Writes the table to RESULTS.md. Timing has no place in the tests: only here.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { templateOf } from '../../shared/network/templates/index.ts';
import { serializeProject } from '../../shared/project/read.ts';
import { newProject } from '../../shared/project/create.ts';
import { benchPython } from './python.ts';
import { writeNpz } from './npz.ts';

const root = join(import.meta.dirname, '..', '..');
const SAMPLES = 6400,
  BATCH = 64,
  EPOCHS = 4,
  ROUNDS = Number(process.argv[2] ?? 5);
const models = [
  { template: 'mnist-mlp', title: 'MLP 784-512-10', target: 1.1 },
  { template: 'mnist-cnn', title: 'CNN 32-64-128', target: 0.5 },
  { template: 'mnist-lstm', title: 'LSTM 64 over 28 × 28', target: 1.2 },
] as const;

interface Measured {
  readonly rates: readonly number[];
  readonly firstBatch: number;
  readonly peakMemory: number;
  readonly lastLoss: number;
}
type Line = Readonly<Record<string, unknown>>;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The largest resident memory any trainer below this process reached so far; Linux only. */
function trainerPeak(parent: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return [{ pid: Number(pid), parent: Number(/PPid:\s+(\d+)/.exec(status)?.[1]), peak: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024 }];
      } catch {
        return [];
      }
    });
  const below = (pid: number): typeof children => children.filter((one) => one.parent === pid).flatMap((one) => [one, ...below(one.pid)]);
  return Math.max(0, ...below(parent).map(({ peak }) => peak));
}

/** Runs a command, hands every JSON line to `heard`, and gives all of them. */
function lines(command: string, args: readonly string[], env: NodeJS.ProcessEnv, heard: (line: Line, pid: number) => void): Promise<Line[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const all: Line[] = [];
    let rest = '',
      errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    child.stdout.on('data', (chunk) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts.filter((text) => text.startsWith('{'))) {
        const line = JSON.parse(part) as Line;
        all.push(line);
        heard(line, child.pid ?? 0);
      }
    });
    child.on('close', (code) => (code === 0 ? resolve(all) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${errors.slice(-2000)}`))));
  });
}

/** The first epoch is warm-up on both sides. */
const ratesOf = (epochs: readonly Line[]): number[] => epochs.slice(1).map((line) => Number(line['samples_per_second']));

async function keras(python: string, template: string, data: string): Promise<Measured> {
  const all = await lines(
    python,
    [join(import.meta.dirname, 'keras_fit.py'), template, data, `${EPOCHS}`, `${BATCH}`, `${Date.now() / 1000}`],
    process.env,
    () => {},
  );
  const epochs = all.filter((line) => 'epoch' in line),
    end = all.at(-1) ?? {};
  return { rates: ratesOf(epochs), firstBatch: Number(end['first_batch']), peakMemory: Number(end['peak_memory']), lastLoss: Number(epochs.at(-1)?.['loss']) };
}

const train = (project: string, home: string, more: readonly string[], heard: (line: Line, pid: number) => void): Promise<Line[]> =>
  lines(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/netwright.ts'), 'train', project, '--json', ...more],
    { ...process.env, NETWRIGHT_HOME: home },
    heard,
  );

/** Two runs: one that says every batch, for the time to the first; one that says epochs only, as Keras does, for speed and memory. */
async function netwright(project: string, home: string): Promise<Measured> {
  const started = Date.now();
  let firstBatch = Number.NaN,
    peakMemory = 0;
  await train(project, home, ['--log-every', 'batch', '--epochs', '1'], (line) => {
    if (line['event'] === 'batch' && Number.isNaN(firstBatch)) firstBatch = (Date.now() - started) / 1000;
  });
  const all = await train(project, home, [], (line, pid) => {
    if (line['event'] === 'epoch') peakMemory = Math.max(peakMemory, trainerPeak(pid));
  });
  const epochs = all.filter((line) => line['event'] === 'epoch');
  return { rates: ratesOf(epochs), firstBatch, peakMemory, lastLoss: Number(epochs.at(-1)?.['loss']) };
}

function writeData(folder: string): string {
  const source = join(process.env['NETWRIGHT_DATA'] ?? join(root, '..', 'shared', 'data'), 'mnist');
  const read = (name: string, header: number, size: number) =>
    new Uint8Array(gunzipSync(readFileSync(join(source, name))).subarray(header, header + SAMPLES * size));
  const path = join(folder, 'mnist.npz');
  writeNpz(path, {
    x: { shape: [SAMPLES, 28, 28], data: read('train-images-idx3-ubyte.gz', 16, 784) },
    y: { shape: [SAMPLES], data: read('train-labels-idx1-ubyte.gz', 8, 1) },
  });
  return path;
}

function writeProject(folder: string, template: string): string {
  const { create, dataset } = templateOf(template);
  const project = newProject({
    name: template,
    networks: create(),
    dataset,
    training: { optimizer: { id: 'adam', parameters: { learningRate: 0.001 } }, epochs: EPOCHS, batchSize: BATCH, validationSplit: 0, limit: SAMPLES },
  });
  const path = join(folder, `${template}.netwright`);
  writeFileSync(path, serializeProject(project));
  return path;
}

const folder = mkdtempSync(join(tmpdir(), 'netwright-bench-'));
try {
  const python = benchPython(root),
    data = writeData(folder),
    rows: string[] = [];
  for (const { template, title, target } of models) {
    const project = writeProject(folder, template),
      theirs: Measured[] = [],
      ours: Measured[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await keras(python, template, data));
      ours.push(await netwright(project, join(folder, 'home')));
    }
    const rate = (side: readonly Measured[]) => median(side.flatMap(({ rates }) => rates));
    const of = (side: readonly Measured[], pick: (one: Measured) => number) => median(side.map(pick));
    const ratio = rate(ours) / rate(theirs);
    const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
    rows.push(
      `| ${title} | ${Math.round(rate(theirs))} | ${Math.round(rate(ours))} | **${ratio.toFixed(2)}** | ${target} | ${of(theirs, (one) => one.firstBatch).toFixed(1)} s | ${of(ours, (one) => one.firstBatch).toFixed(1)} s | ${mib(of(theirs, (one) => one.peakMemory))} | ${mib(of(ours, (one) => one.peakMemory))} | ${of(theirs, (one) => one.lastLoss).toFixed(3)} | ${of(ours, (one) => one.lastLoss).toFixed(3)} |`,
    );
    process.stdout.write(`${rows.at(-1)}\n`);
  }
  const table = [
    '# Speed beside Keras',
    '',
    `\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim()}). Engine onnxruntime on the CPU beside Keras 3.15 \`fit\` on TensorFlow 2.21.`,
    `${SAMPLES} MNIST digits, batch ${BATCH}, Adam; ${ROUNDS} rounds in turn, medians over epochs 2 to ${EPOCHS}. Samples per second; time from starting the process to the first finished batch; peak resident memory of the training process.`,
    '',
    '| network | Keras | Netwright | ratio | asked | first batch, Keras | Netwright | memory, Keras | Netwright | last loss, Keras | Netwright |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ];
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), table.join('\n'));
} finally {
  rmSync(folder, { recursive: true });
}
