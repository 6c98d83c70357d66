// Run folders on disk: what was asked (job.json), how it stands (status.json), what the trainer wrote (record.json,
// epochs.jsonl, batches.f64, checkpoint/). Starts and watches nothing.

import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { networkSchema } from '../../shared/network/network.ts';
import { describeIssues } from '../../shared/project/issues.ts';
import type { EpochSummary, RunRecord, RunSnapshot } from '../../shared/protocol/contract.ts';
import { trainingSettingsSchema } from '../../shared/training/settings.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { Curve } from './curve.ts';

/** What was asked; enough to start the run again or to go on. */
export const requestSchema = z.object({
  id: z.string(),
  project: z.string(),
  network: networkSchema.loose(),
  settings: trainingSettingsSchema.loose(),
  /** A dataset's id or a file's path; the target column of a .csv. */
  dataset: z.string(),
  target: z.string().nullable(),
  initialWeights: z.string().nullable(),
  race: z.string().nullable(),
  createdAt: z.string(),
});
export type RunRequest = z.infer<typeof requestSchema>;

const errorSchema = z.object({
  kind: z.enum(['usage', 'project', 'data', 'engine', 'work']),
  code: z.string(),
  message: z.string(),
  where: z.string().optional(),
});
export const statusSchema = z.object({
  status: z.enum(['queued', 'preparing', 'running', 'paused', 'finished', 'stopped', 'failed']),
  step: z.number(),
  totalSteps: z.number(),
  secondsElapsed: z.number(),
  test: z.record(z.string(), z.number()).nullable(),
  error: errorSchema.nullable(),
  note: z.string().optional(),
  /** The process that looks after the run while it is active. */
  owner: z.number(),
});
export type RunState = z.infer<typeof statusSchema>;

export const activeStatuses: readonly RunSnapshot['status'][] = ['queued', 'preparing', 'running', 'paused'];

const files = { request: 'job.json', status: 'status.json', record: 'record.json', epochs: 'epochs.jsonl', batches: 'batches.f64' } as const;
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `20261121-101500-3f2a`: sorts by time, tells two of one second apart. */
export function newRunId(now: Date = new Date()): string {
  const [day, time] = now.toISOString().split('T') as [string, string];
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

/** @throws NetwrightError where nothing can be written there */
export const writeRequest = (folder: string, request: RunRequest): Promise<void> =>
  atomicWrite(join(folder, files.request), json(request)).catch((error: Error) => {
    throw new NetwrightError({
      kind: 'work',
      code: 'run-unwritable',
      where: folder,
      message: `The run's files cannot be written to ${folder}: ${error.message}. Make room there, or name another folder.`,
    });
  });
export const writeStatus = (folder: string, state: RunState): Promise<void> => atomicWrite(join(folder, files.status), json(state));
export const removeRun = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new NetwrightError({
      kind: 'usage',
      code: 'unknown-run',
      where: path,
      message: `There is no run with a file ${path}. “netwright runs” lists all runs.`,
    });
  });
  const content = parsedJson(text);
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  if (content === undefined)
    throw new NetwrightError({ kind: 'work', code: 'run-broken', where: path, message: `${path} is damaged: it is no JSON. Remove the run's folder.` });
  throw new NetwrightError({
    kind: 'work',
    code: 'run-broken',
    where: path,
    message: `${path} is damaged. ${describeIssues(parsed.error.issues).slice(0, 6).join(' ')} Remove the run's folder.`,
  });
}

/** Undefined where it is no JSON, which no schema takes. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const readRequest = (folder: string): Promise<RunRequest> => readJson(join(folder, files.request), requestSchema);
export const readStatus = (folder: string): Promise<RunState> => readJson(join(folder, files.status), statusSchema);

/** Written by the trainer; null before it has begun. */
export async function readRecord(folder: string): Promise<RunRecord | null> {
  const text = await readFile(join(folder, files.record), 'utf8').catch(() => null);
  return text === null ? null : ((parsedJson(text) ?? null) as RunRecord | null);
}

/** Summaries of whole epochs; a torn last line is left out. */
export async function readEpochs(folder: string): Promise<EpochSummary[]> {
  const text = await readFile(join(folder, files.epochs), 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as EpochSummary);
}

/** The batch curve, thinned. */
export async function readCurve(folder: string, keys: readonly string[], limit = 2000): Promise<Curve> {
  const bytes = await readFile(join(folder, files.batches)).catch(() => new Uint8Array());
  const curve = new Curve(limit);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const steps = Math.floor(bytes.byteLength / (8 * keys.length));
  for (let step = 0; step < steps; step++)
    curve.add({ step: step + 1, values: Object.fromEntries(keys.map((key, k) => [key, view.getFloat64(8 * (step * keys.length + k), true)])) });
  return curve;
}

/** A run as its folder tells it. */
export async function readSnapshot(folder: string): Promise<RunSnapshot> {
  const [request, state, record, epochs] = await Promise.all([readRequest(folder), readStatus(folder), readRecord(folder), readEpochs(folder)]);
  const curve = record ? await readCurve(folder, ['loss', ...record.metrics]) : null;
  return {
    id: request.id,
    status: state.status,
    record,
    networkId: request.network.id,
    networkName: request.network.name,
    step: state.step,
    totalSteps: state.totalSteps,
    epochs,
    batches: curve?.all() ?? [],
    secondsElapsed: state.secondsElapsed,
    secondsLeft: null,
    samplesPerSecond: epochs.at(-1)?.samplesPerSecond ?? null,
    memory: null,
    test: state.test,
    error: state.error,
    ...(state.note === undefined ? {} : { note: state.note }),
    race: request.race,
  };
}

/** Ids of all runs in a folder, oldest first. */
export async function listRunIds(runsFolder: string): Promise<string[]> {
  const entries = await readdir(runsFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Runs that were active when their process ended become failed ones, with the reason. */
export async function closeInterrupted(folder: string): Promise<void> {
  const state = await readStatus(folder);
  if (!activeStatuses.includes(state.status) || isAlive(state.owner)) return;
  const message = 'Netwright ended while this run was not finished. Go on with it from its last checkpoint: resume.';
  await writeStatus(folder, { ...state, status: 'failed', error: { kind: 'work', code: 'interrupted', message } });
}
