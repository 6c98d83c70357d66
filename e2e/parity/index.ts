// Networks beside Keras: built there, imported here, trained on both sides on the same batches from the same weights, 25 steps with each
// optimizer; every loss and the weights at the end are compared, and what was learned goes back to Keras. Arguments, if any, name the
// networks; with none, all are compared and the table is written to RESULTS.md. `--optimizers a,b` takes fewer,
// `--engine tensorflow` the other engine (and RESULTS_TENSORFLOW.md). Needs Python: NETWRIGHT_PYTHON with Keras 3, or what the bench installs.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { enginesVariable } from '../../main/files/installedEngine.ts';
import { loadEngine } from '../../main/trainer/engines/index.ts';
import { benchPython } from '../bench/python.ts';
import { BATCH, type Compared, compareNetwork, comparedBack, type Difference, networksIn, STEPS } from './compare.ts';

const root = join(import.meta.dirname, '..', '..');
const TOLERANCE = 1e-4;
const ALL = ['sgd', 'rmsprop', 'adam', 'adamW', 'adamax', 'nadam', 'adagrad', 'adadelta', 'ftrl', 'lion'];
const RETURNING = 'adam';
const tables = {
  onnxruntime: { title: 'ONNX Runtime on the CPU', command: 'npm run parity', file: 'RESULTS.md' },
  tensorflow: { title: 'the engine tensorflow on the CPU', command: 'npm run parity -- --engine tensorflow', file: 'RESULTS_TENSORFLOW.md' },
} as const;

type Network = ReturnType<typeof networksIn>[number];
interface Row extends Compared {
  readonly back: number | string;
}

/** Keras' side, one process for all networks; says the name of each that is done, which goes to the terminal too. */
async function* keras(folder: string, command: string, ...words: readonly string[]): AsyncGenerator<string> {
  const python = process.env['NETWRIGHT_PYTHON'] ?? benchPython(root);
  const child = spawn(python, [join(import.meta.dirname, 'keras_side.py'), command, folder, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    process.stdout.write(`${line}\n`);
    yield line;
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`Keras' side ended with ${status}.`);
}

const isGood = (one: Difference | string): boolean => typeof one !== 'string' && one.loss <= TOLERANCE;
const rowIsGood = ({ trained, back }: Row): boolean => Object.values(trained).every(isGood) && typeof back === 'number' && back <= TOLERANCE;
const short = (value: number): string => value.toExponential(0);
const cell = (one: Difference | string | undefined): string => {
  if (one === undefined) return '';
  if (typeof one === 'string') return 'fails';
  return isGood(one) ? short(one.loss) : `**${short(one.loss)}**`;
};

function table(rows: readonly Row[], optimizers: readonly string[]): string {
  const head = ['network', ...optimizers, 'weights', 'back'];
  const lines = rows.map(({ network, trained, back }) => {
    const weights = Object.values(trained).flatMap((one) => (typeof one === 'string' ? [] : [one.weights]));
    const backText = typeof back === 'string' ? 'fails' : back <= TOLERANCE ? short(back) : `**${short(back)}**`;
    return [network, ...optimizers.map((id) => cell(trained[id])), weights.length > 0 ? short(Math.max(...weights)) : '', backText];
  });
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** What failed, in words. */
const failures = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ network, trained, back }) => [
    ...Object.entries(trained).flatMap(([id, one]) => (typeof one === 'string' ? [`- ${network}, ${id}: ${one}`] : [])),
    ...(typeof back === 'string' ? [`- ${network}, back to Keras: ${back}`] : []),
  ]);

function report(rows: readonly Row[], optimizers: readonly string[]): string {
  const pairs = rows.flatMap(({ trained }) => Object.values(trained));
  const failed = failures(rows);
  const parts = [
    '# Networks beside Keras',
    `${new Date().toISOString().slice(0, 10)}, Keras 3.15.1 on TensorFlow 2.21 against ${tables[engine.id].title}, made by \`${tables[engine.id].command}\`.`,
    `Every network is built in Keras, saved, imported, and trained ${STEPS} steps of ${BATCH} samples from the same weights on the same batches. A number is the largest relative difference of any of the ${STEPS} losses, asked is at most ${TOLERANCE}; *weights* is the largest difference of a final weight from Keras’, relative to the largest of its tensor, over all optimizers. Where it is near 1, the weight has no slope by mathematics (a bias before a batch normalization, the keys’ bias in attention): its gradient is rounding alone, which adaptive optimizers make into whole steps, on both sides and without any effect. *Back* is the difference of the losses of three more steps in Keras, after \`load_model\` of what was written here after ${RETURNING}.`,
    `${pairs.filter(isGood).length} of ${pairs.length} trainings and ${rows.filter(rowIsGood).length} of ${rows.length} networks agree in everything.`,
    table(rows, optimizers),
    ...(failed.length > 0 ? [`What did not work:\n\n${failed.join('\n')}`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Each network as soon as Keras is done with it, while Keras goes on with the next. */
async function* made(folder: string, optimizers: readonly string[], names: readonly string[], isKept: boolean): AsyncGenerator<Network> {
  if (isKept) return yield* networksIn(folder);
  let count = 0;
  for await (const _ of keras(folder, 'make', String(STEPS), String(BATCH), optimizers.join(','), ...names)) yield networksIn(folder)[count++] as Network;
}

async function compareAll(networks: AsyncGenerator<Network>, folder: string, optimizers: readonly string[]): Promise<Row[]> {
  const compared: (Compared & { readonly folder: string })[] = [];
  for await (const { name, folder: own } of networks) {
    const one = await compareNetwork(own, name, optimizers, optimizers.includes(RETURNING) ? RETURNING : String(optimizers[0]), engine);
    compared.push({ ...one, folder: own });
  }
  for await (const _ of keras(folder, 'back'));
  return compared.map((one) => ({ ...one, back: comparedBack(one.folder) }));
}

const options = { optimizers: { type: 'string' }, keep: { type: 'string' }, engine: { type: 'string', default: 'onnxruntime' } } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options });
process.env[enginesVariable] ??= join(root, '.build', 'engines', 'data', 'engines');
if (values.engine !== 'onnxruntime' && values.engine !== 'tensorflow') throw new Error(`--engine is “${values.engine}”; it is onnxruntime or tensorflow.`);
const engine = await loadEngine({ engine: values.engine, device: 'cpu' });
const optimizers = values.optimizers?.split(',') ?? ALL;
const isAll = positionals.length === 0 && values.optimizers === undefined;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'netwright-parity-'));
try {
  const networks = made(folder, optimizers, positionals, values.keep !== undefined);
  const rows = await compareAll(networks, folder, optimizers);
  const text = report(rows, optimizers);
  if (isAll) writeFileSync(join(import.meta.dirname, tables[engine.id].file), text);
  process.stdout.write(text);
  process.exitCode = rows.every(rowIsGood) ? 0 : 1;
} finally {
  if (!values.keep) rmSync(folder, { recursive: true });
}
