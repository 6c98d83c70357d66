// Layers that learn from the data before the network trains, in whole trainings on ONNX Runtime: what they learn, that it is exact again,
// and that a person can stop and go on.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generatedDatasets } from '../../shared/datasets/catalogue.ts';
import type { Network } from '../../shared/network/network.ts';
import { chain } from '../../shared/network/templates/template.ts';
import type { FromTrainer, JobOf } from '../../shared/protocol/trainer.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { onnxruntimeEngine } from './engines/onnxruntime/index.ts';
import { trainingJob } from './fixtures/trainingJob.ts';
import { prepare } from './setup.ts';
import { startControl, trainJob } from './trainJob.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

const blobs = generatedDatasets.find(({ descriptor }) => descriptor.id === 'blobs');
if (!blobs) throw new Error('blobs are generated');
const { descriptor } = blobs;
const rows = blobs.generate();

const jobFor = (network: Network): Promise<JobOf<'train'>> =>
  trainingJob({ folder, network, dataset: descriptor, rows, settings: { epochs: 2, batchSize: 64 } });

/** The messages of a training; `hear` may act on them. */
async function run(
  job: JobOf<'train'>,
  hear: (message: FromTrainer, control: ReturnType<typeof startControl>) => void = () => undefined,
): Promise<FromTrainer[]> {
  const messages: FromTrainer[] = [];
  const control = startControl(job);
  await trainJob(job, { engine: onnxruntimeEngine, choice: null }, control, (message) => {
    messages.push(message);
    hear(message, control);
  });
  return messages;
}
async function learned(job: JobOf<'train'>): Promise<ReadonlyMap<string, Float32Array>> {
  const setup = await prepare(job, onnxruntimeEngine);
  await setup.session.close();
  const { state: checkpoint } = await loadCheckpoint(job.folder, setup.shapes);
  if (!checkpoint) throw new Error('a checkpoint is expected');
  return checkpoint.state;
}
const summaries = (messages: readonly FromTrainer[]) => messages.flatMap((message) => (message.type === 'prepared' ? [message.summary] : []));

const table = chain('n', 'Table', [
  ['input', 'point'],
  ['normalization', 'scale'],
  ['dense', 'classes', { units: 3, activation: 'softmax' }],
]);
const belief = chain('dbn', 'Belief', [
  ['input', 'point'],
  ['activation', 'shares', { activation: 'sigmoid' }],
  ['rbm', 'rbm_1', { units: 6, pretrainEpochs: 3 }],
  ['dropout', 'drop', { rate: 0.5 }],
  ['rbm', 'rbm_2', { units: 4, pretrainEpochs: 2, gibbsSteps: 2 }],
  ['dense', 'classes', { units: 3, activation: 'softmax' }],
]);

it('a normalization takes mean and variance from the rows that are trained on', async () => {
  const job = await jobFor(table);
  const messages = await run(job);
  const state = await learned(job);
  const count = Math.floor(rows.train.count * 0.9);
  const points = rows.train.columns['features/point'] as Float32Array;
  for (const column of [0, 1]) {
    const values = Array.from({ length: count }, (_, row) => points[row * 2 + column] as number);
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    expect(state.get('scale/mean')?.[column]).toBeCloseTo(mean, 5);
    expect(state.get('scale/variance')?.[column]).toBeCloseTo(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count, 5);
  }
  expect(state.get('scale/count')?.[0]).toBe(count);
  expect(messages.map(({ type }) => type).slice(0, 2)).toEqual(['started', 'prepared']);
  expect(messages.at(-1)).toMatchObject({ type: 'ended', reason: 'finished' });
});

it('machines learn one after another, then all layers together; the same every time', async () => {
  const job = await jobFor(belief);
  const messages = await run(job);
  const first = await learned(job);
  expect(summaries(messages).map(({ layer, epoch, epochs }) => `${layer} ${epoch}/${epochs}`)).toEqual([
    'rbm_1 1/3',
    'rbm_1 2/3',
    'rbm_1 3/3',
    'rbm_2 1/2',
    'rbm_2 2/2',
  ]);
  expect(summaries(messages).every(({ values }) => (values['reconstruction_error'] as number) > 0)).toBe(true);
  const written = (await readFile(join(folder, 'preparation.jsonl'), 'utf8')).trim().split('\n');
  expect(written.map((line) => JSON.parse(line))).toEqual(summaries(messages));
  await run(job);
  expect(await learned(job)).toEqual(first);
  expect(Math.hypot(...(first.get('rbm_1/visible_bias') ?? []))).toBeGreaterThan(0);
});

it('stopped while a layer is prepared, it goes on to the same weights', async () => {
  const job = await jobFor(belief);
  await run(job);
  const whole = await learned(job);
  await rm(join(folder, 'checkpoint'), { recursive: true });
  const stopped = await run(job, (message, control) => message.type === 'prepared' && message.summary.layer === 'rbm_2' && control.stop());
  expect(stopped.at(-1)).toMatchObject({ type: 'ended', reason: 'stopped' });
  expect(stopped.some(({ type }) => type === 'progress')).toBe(false);
  await run({ ...job, fromCheckpoint: true });
  expect(await learned(job)).toEqual(whole);
});

it('pauses between calls, and a stop ends the pause', async () => {
  const job = await jobFor(belief);
  const messages = await run(job, (message, control) => {
    if (message.type === 'prepared' && message.summary.epoch === 1 && message.summary.layer === 'rbm_1') control.pause();
    if (message.type === 'paused') setImmediate(() => control.resume());
  });
  const types = messages.map(({ type }) => type);
  expect(types.indexOf('paused')).toBeGreaterThan(types.indexOf('prepared'));
  expect(types.indexOf('resumed')).toBe(types.indexOf('paused') + 1);
  expect(messages.at(-1)).toMatchObject({ type: 'ended', reason: 'finished' });
});
