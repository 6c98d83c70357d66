// The sides of the bench, each in a process of its own: Keras' fit, plain tfjs-node's fit, and our trainer on an engine, as a run of the app starts it.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { DatasetPart } from '../../shared/datasets/descriptor.ts';
import type { FromTrainer } from '../../shared/protocol/trainer.ts';
import { nodeHost } from '../../main/nodeHost.ts';
import { startTrainer } from '../../main/runs/trainerProcess.ts';
import { trainingJob } from '../../main/trainer/fixtures/trainingJob.ts';
import type { BenchNetwork } from './networks.ts';

export interface Measured {
  /** Samples per second, epoch by epoch, without the first. */
  readonly rates: readonly number[];
  /** Seconds from asking for the process to the first finished batch. */
  readonly firstBatch: number;
  /** Bytes. */
  readonly peakMemory: number;
}
type Line = Readonly<Record<string, number>>;

/** Runs a command that prints JSON lines. @throws Error with its last words */
function lines(command: string, args: readonly string[]): Promise<Line[]> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '',
      errors = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (errors = (errors + chunk).slice(-2000)));
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${errors}`));
      resolve(
        text
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line) as Line),
      );
    });
  });
}

/** What a script says: a line for each epoch, and a last one. The first epoch is warm-up on every side. */
function measuredFrom(all: readonly Line[]): Measured {
  const end = all.at(-1);
  const rates = all.flatMap((line) => (line['samplesPerSecond'] === undefined ? [] : [line['samplesPerSecond']]));
  return { rates: rates.slice(1), firstBatch: end?.['firstBatch'] ?? Number.NaN, peakMemory: end?.['peakMemory'] ?? Number.NaN };
}

const now = (): string => String(Date.now() / 1000);

export const keras = async (python: string, network: BenchNetwork, data: string, epochs: number): Promise<Measured> =>
  measuredFrom(await lines(python, [join(import.meta.dirname, 'keras_fit.py'), network.id, data, `${epochs}`, `${network.batchSize}`, now()]));

/** @param engine the folder of an installed TensorFlow */
export const plainTfjs = async (engine: string, network: BenchNetwork, epochs: number): Promise<Measured> =>
  measuredFrom(
    await lines(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'tfjsFit.ts'), engine, network.id, `${epochs}`, now()]),
  );

/** The most memory a process has had so far; Linux only. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}

export interface TrainerSide {
  readonly engine: 'onnxruntime' | 'tensorflow';
  readonly device?: 'auto' | 'cpu' | 'gpu';
  /** Where engines are installed. */
  readonly engines: string;
  readonly folder: string;
  readonly epochs: number;
}

/** Our trainer, told as the main process tells it. */
export async function trainer({ engine, device = 'auto', engines, folder, epochs }: TrainerSide, network: BenchNetwork, rows: DatasetPart): Promise<Measured> {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, `${network.id}-`));
  const none = { count: 0, columns: Object.fromEntries(Object.entries(rows.columns).map(([key, data]) => [key, data.subarray(0, 0)])) };
  const job = await trainingJob({
    folder: own,
    network: network.create(),
    dataset: network.dataset,
    rows: { train: rows, test: none },
    settings: { engine, device, epochs, batchSize: network.batchSize, validationSplit: 0, optimizer: { id: 'adam', parameters: { learningRate: 0.001 } } },
  });
  const started = Date.now();
  let firstBatch = Number.NaN,
    peakMemory = 0;
  const rates: number[] = [];
  return new Promise((resolve, reject) => {
    const hear = (message: FromTrainer) => {
      if (message.type === 'failed') reject(new Error(message.error.message));
      if (message.type !== 'progress') return;
      if (Number.isNaN(firstBatch) && message.progress.step > 0) firstBatch = (Date.now() - started) / 1000;
      for (const { samplesPerSecond } of message.progress.epochs) rates.push(samplesPerSecond);
      peakMemory = Math.max(peakMemory, peakOf(process_.pid) || message.progress.memory);
    };
    const host = { ...nodeHost(), engines };
    const process_ = startTrainer(
      host,
      { ...job, threads: cpus().length },
      { message: hear, end: () => resolve({ rates: rates.slice(1), firstBatch, peakMemory }) },
    );
  });
}
