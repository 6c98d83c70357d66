// Speed beside Keras: the same networks, data, batches and optimizer on all sides in turn, in one run on one machine, as ratios of medians.
// Also the time to the first batch and the peak memory. Writes the table to RESULTS.md. Timing has no place in the tests: only here.
// npm run bench -- [rounds] [networks, with commas between]

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOf, writeKerasData } from './data.ts';
import { type BenchNetwork, benchNetworks } from './networks.ts';
import { benchPython } from './python.ts';
import { keras, type Measured, plainTfjs, trainer } from './sides.ts';

const root = join(import.meta.dirname, '..', '..');
const rounds = Number(process.argv[2] ?? 3);
const wanted = process.argv[3]?.split(',') ?? benchNetworks.map(({ id }) => id);
const EPOCHS = 4;
/** Plain tfjs is many times slower on some: one epoch after the first says enough. */
const PLAIN_EPOCHS = 2;
/** Where the set-up installs TensorFlow (main/setup/tensorflow.mjs). */
const engines = join(root, '.build', 'engines', 'data', 'engines');
const tensorflow = join(engines, 'tensorflow');

const sideNames = ['Keras', 'plain tfjs', 'tensorflow', 'onnxruntime'] as const;
type SideName = (typeof sideNames)[number];
type Results = Record<SideName, Measured[]>;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const rateOf = (side: readonly Measured[]): number => median(side.flatMap(({ rates }) => rates));
const whole = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : '–');
const oneDigit = (value: number): string => (Number.isFinite(value) ? value.toFixed(1) : '–');

async function measure(network: BenchNetwork, folder: string, python: string): Promise<Results> {
  const rows = rowsOf(network),
    data = writeKerasData(folder, network, rows);
  const results: Results = { Keras: [], 'plain tfjs': [], tensorflow: [], onnxruntime: [] };
  const own = { engines, folder: join(folder, 'runs'), epochs: EPOCHS };
  for (let round = 0; round < rounds; round++) {
    results.Keras.push(await keras(python, network, data, EPOCHS));
    results.tensorflow.push(await trainer({ ...own, engine: 'tensorflow' }, network, rows));
    results.onnxruntime.push(await trainer({ ...own, engine: 'onnxruntime' }, network, rows));
    if (round === 0 && network.plainTfjs) results['plain tfjs'].push(await plainTfjs(tensorflow, network, PLAIN_EPOCHS));
  }
  return results;
}

/** Ratios against Keras, bold where they miss what is asked. */
function speedRow({ title, asked }: BenchNetwork, results: Results): string {
  const theirs = rateOf(results.Keras);
  const against = (side: 'tensorflow' | 'onnxruntime') => {
    const ratio = rateOf(results[side]) / theirs;
    return `${ratio < asked[side] ? `**${ratio.toFixed(2)}**` : ratio.toFixed(2)} | ${asked[side]}`;
  };
  const rates = sideNames.map((side) => whole(rateOf(results[side])));
  return `| ${title} | ${rates.join(' | ')} | ${against('tensorflow')} | ${against('onnxruntime')} |`;
}

function startRow({ title }: BenchNetwork, results: Results): string {
  const cells = (pick: (one: Measured) => number, show: (value: number) => string) => sideNames.map((side) => show(median(results[side].map(pick))));
  return `| ${title} | ${[...cells((one) => one.firstBatch, oneDigit), ...cells((one) => one.peakMemory / 2 ** 20, whole)].join(' | ')} |`;
}

const heading = (cells: readonly string[]): string[] => [`| network | ${cells.join(' | ')} |`, `| --- | ${cells.map(() => '---:').join(' | ')} |`];

function report(done: readonly (readonly [BenchNetwork, Results])[]): string {
  return [
    '# Speed beside Keras',
    '',
    `\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim()}). Keras 3.15 \`fit\` on TensorFlow 2.21; tfjs-node-gpu 4.22 \`fit\` and the`,
    `engine \`tensorflow\` on the same TensorFlow; the engine \`onnxruntime\` on the CPU. Random data, Adam; ${rounds} rounds in turn (plain tfjs: one), medians over epochs 2 to ${EPOCHS}.`,
    '',
    'Samples per second, and what that is against Keras beside what is asked; bold: missed.',
    '',
    ...heading([...sideNames, 'tensorflow / Keras', 'asked', 'onnxruntime / Keras', 'asked']),
    ...done.map(([network, results]) => speedRow(network, results)),
    '',
    'Seconds from asking for the process to the first finished batch, and its peak resident memory in MiB.',
    '',
    ...heading([...sideNames.map((side) => `first batch, ${side}`), ...sideNames.map((side) => `memory, ${side}`)]),
    ...done.map(([network, results]) => startRow(network, results)),
    '',
  ].join('\n');
}

if (!existsSync(join(tensorflow, 'engine.json'))) throw new Error(`TensorFlow is not in ${tensorflow}: the bench needs it (npm run bench installs it).`);
const folder = mkdtempSync(join(tmpdir(), 'netwright-bench-'));
try {
  const python = benchPython(root);
  const done: (readonly [BenchNetwork, Results])[] = [];
  for (const network of benchNetworks.filter(({ id }) => wanted.includes(id))) {
    done.push([network, await measure(network, folder, python)]);
    process.stdout.write(`${speedRow(...(done.at(-1) as [BenchNetwork, Results]))}\n`);
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report(done));
  }
} finally {
  rmSync(folder, { recursive: true });
}
