import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import { type LabelColumn, labelColumns } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';
import type { TrainerProgress } from '../../shared/protocol/trainer.ts';
import { BatchLog } from './batchLog.ts';
import { loadCheckpoint, loadLearned, saveCheckpoint } from './checkpoint.ts';
import { appendEpoch, keepEpochs, readEpochs } from './epochLog.ts';
import { Reporter } from './reporter.ts';
import { scoreSum } from './scores.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

const shapes = new Map([
  ['dense/kernel', [2, 2]],
  ['adam/dense/kernel/momentum', [2, 2]],
]);
const checkpoint = (step: number) => ({
  step,
  learningRate: 0.001,
  seconds: 1.5,
  epochSeconds: 0.25,
  callbacks: { earlyStopping: { wait: 2, best: 0.1 + 0.2, bestEpoch: null } },
  meter: { samples: 3, sums: { loss: [0.1 + 0.2], auc: [1, 2, 1 / 3] } },
  state: new Map([...shapes.keys()].map((name) => [name, Float32Array.of(step, 0.1, Number.NaN, 3)])),
});

describe('checkpoints', () => {
  it('come back whole, and only the newest two are kept', async () => {
    for (const step of [1, 2, 30]) await saveCheckpoint(folder, checkpoint(step), shapes);
    expect(await loadCheckpoint(folder, shapes)).toEqual({ state: checkpoint(30), damaged: [] });
    expect(await readdir(join(folder, 'checkpoint'))).toHaveLength(2);
  });

  const fileOf = (step: number) => join(folder, 'checkpoint', `step-000000000${step}.safetensors`);

  it('are passed over when torn, which is said, and leftovers are ignored', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, checkpoint(step), shapes);
    await truncate(fileOf(2), 100);
    await writeFile(join(folder, 'checkpoint', '.step-0000000003.safetensors.ab.tmp'), 'x');
    const { state, damaged } = await loadCheckpoint(folder, shapes);
    expect([state?.step, damaged]).toEqual([1, [expect.stringMatching(/step-0000000002.safetensors is not a whole safetensors file/)]]);
  });

  it('with a changed byte are damaged, wherever it is; where none is whole, the run does not begin anew', async () => {
    await saveCheckpoint(folder, checkpoint(1), shapes);
    const whole = await readFile(fileOf(1));
    // Not in the checksum's own name: without one a file is read as those from elsewhere are.
    const name = whole.indexOf('netwright.crc32'),
      anywhere = [...Array(40).keys()].map((i) => Math.floor((i * whole.length) / 40));
    const places = [...anywhere.filter((at) => at < name || at > name + 16), whole.indexOf('0.001') + 4, whole.length - 1];
    for (const at of places) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 1;
      await writeFile(fileOf(1), changed);
      await expect(loadCheckpoint(folder, shapes)).rejects.toMatchObject({
        code: 'checkpoint-damaged',
        message: expect.stringMatching(/cannot go on.*Train it again/),
      });
    }
  });

  it('that are damaged are not what a run has learned: an older one would be another result', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, checkpoint(step), shapes);
    expect((await loadLearned(folder, shapes)).step).toBe(2);
    await truncate(fileOf(2), 100);
    await expect(loadLearned(folder, shapes)).rejects.toThrow(/step-0000000002.*remove it where that will do/);
    await rm(fileOf(2));
    expect((await loadLearned(folder, shapes)).step).toBe(1);
  });

  it('are none where there are none', async () => {
    expect(await loadCheckpoint(folder, shapes)).toEqual({ state: null, damaged: [] });
    await expect(loadLearned(folder, shapes)).rejects.toMatchObject({ code: 'no-checkpoint' });
  });

  it('of another network are refused by name', async () => {
    await saveCheckpoint(folder, checkpoint(1), shapes);
    await expect(loadCheckpoint(folder, new Map([['dense/kernel', [3, 2]]]))).rejects.toThrow('“dense/kernel” has the shape [2, 2], the network needs [3, 2].');
    await expect(loadCheckpoint(folder, new Map([['lstm/kernel', [3]]]))).rejects.toThrow('holds no “lstm/kernel” of shape [3]');
  });
});

describe('the batch log', () => {
  it('keeps every batch and cuts at the step where a run goes on', async () => {
    const path = join(folder, 'batches.f64');
    const log = await BatchLog.open(path, ['loss', 'accuracy'], 0);
    for (let step = 1; step <= 1000; step++) {
      log.add({ loss: 1 / step, accuracy: step / 1000 });
      if (step % 7 === 0) void log.flush();
    }
    await log.close();
    expect((await readFile(path)).length).toBe(1000 * 16);
    const again = await BatchLog.open(path, ['loss', 'accuracy'], 400);
    again.add({ loss: 9, accuracy: 8 });
    await again.close();
    const bytes = await readFile(path);
    expect(bytes.length).toBe(401 * 16);
    expect([...new Float64Array(bytes.buffer, bytes.byteOffset).subarray(399 * 2)]).toEqual([1 / 400, 0.4, 9, 8]);
  });
});

describe('the epoch log', () => {
  it('leaves out a torn line and cuts where a run goes on', async () => {
    const path = join(folder, 'epochs.jsonl');
    const summary = (epoch: number) => ({ epoch, values: { loss: epoch }, seconds: 1, samplesPerSecond: 2 });
    for (const epoch of [1, 2, 3]) await appendEpoch(path, summary(epoch));
    await writeFile(path, `${await readFile(path, 'utf8')}{"epoch":4,`);
    expect(await readEpochs(path)).toHaveLength(3);
    expect(await keepEpochs(path, 2)).toEqual([summary(1), summary(2)]);
    expect(await readEpochs(path)).toEqual([summary(1), summary(2)]);
  });
});

describe('the reporter', () => {
  it('puts thousands of batches into few reports and loses none', () => {
    const reports: TrainerProgress[] = [];
    const reporter = new Reporter({ totalSteps: 5000, samplesPerStep: 32, seconds: 10, step: 0, send: (progress) => void reports.push(progress) });
    const started = performance.now();
    for (let step = 1; step <= 5000; step++) reporter.batch({ step, values: { loss: step } });
    reporter.flush();
    const seconds = (performance.now() - started) / 1000;
    expect(reports.flatMap(({ batches }) => batches.map(({ step }) => step))).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
    expect(reports.length).toBeLessThanOrEqual(2 + seconds * 30);
    expect(reports.at(-1)).toMatchObject({ step: 5000, totalSteps: 5000 });
    expect(reports.at(-1)?.secondsElapsed).toBeGreaterThan(10);
  });
});

/** Scores of predictions that come in one piece, and of those that come a row at a time, which must be the same. */
function scoresOf(column: LabelColumn, part: DatasetPart, predictions: Float32Array) {
  const [whole, rows] = [scoreSum(column, part), scoreSum(column, part)],
    width = predictions.length / part.count;
  whole?.add(predictions, 0, part.count);
  for (let row = 0; row < part.count; row++) rows?.add(predictions.subarray(row * width, (row + 1) * width), row, 1);
  expect(rows?.values()).toEqual(whole?.values());
  return whole?.values();
}

describe('scores', () => {
  it('of classes are the share of largest values that are right', () => {
    const [column] = labelColumns(datasetOf('mnist') as DatasetDescriptor) as [LabelColumn];
    const part = { count: 3, columns: { [column.key]: Uint8Array.of(0, 1, 1) } };
    expect(scoresOf(column, part, Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.7, 0.3))).toEqual({ accuracy: 2 / 3 });
  });

  it('of yes and no count above one half as yes', () => {
    const [column] = labelColumns(datasetOf('xor') as DatasetDescriptor) as [LabelColumn];
    expect(scoresOf(column, { count: 4, columns: { [column.key]: Uint8Array.of(0, 1, 1, 0) } }, Float32Array.of(0.5, 0.51, 0.2, 0.9))).toEqual({
      accuracy: 0.5,
    });
  });

  it('of numbers are MAE, RMSE and R²', () => {
    const [column] = labelColumns(datasetOf('sine') as DatasetDescriptor) as [LabelColumn];
    const scores = scoresOf(column, { count: 4, columns: { [column.key]: Float32Array.of(1, 2, 3, 4) } }, Float32Array.of(1, 2, 3, 6));
    expect(scores).toEqual({ mae: 0.5, rmse: 1, r2: 1 - 4 / 5 });
  });
});
