// Every network of the gallery on ONNX Runtime: that it learns a few samples by heart; and what the perceptron can and cannot learn.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileNetwork, initialState } from '../../shared/compile/index.ts';
import { datasetOf, generatedDatasets } from '../../shared/datasets/catalogue.ts';
import { classCount, columnsOf, featureColumns, labelColumns } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';
import { randomKey, uniformAt } from '../../shared/lib/random.ts';
import { type Template, templateOf, templates } from '../../shared/network/templates/index.ts';
import type { FromTrainer } from '../../shared/protocol/trainer.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { onnxruntimeEngine } from './engines/onnxruntime/index.ts';
import { trainingJob } from './fixtures/trainingJob.ts';
import { ResidentRows } from './rows.ts';
import { startControl, trainJob } from './trainJob.ts';

const SAMPLES = 8;
const STEPS = 24;

function known(id: string): DatasetDescriptor {
  const dataset = datasetOf(id);
  if (!dataset) throw new Error(`There is no dataset ${id}.`);
  return dataset;
}

/** Random rows of a stored set's form: pixels, letters, classes. */
function randomRows(dataset: DatasetDescriptor): DatasetPart {
  const draw = (key: string, size: number, below: number) =>
    Uint8Array.from({ length: SAMPLES * size }, (_, i) => Math.floor(uniformAt(randomKey(dataset.id, key), i) * below));
  const features = featureColumns(dataset).map(({ key, shape, scale }) => [key, draw(key, sizeOf(shape), scale === undefined ? 28 : 256)] as const);
  const labels = labelColumns(dataset).map((column) => [column.key, draw(column.key, sizeOf(column.shape), classCount(column))] as const);
  return { count: SAMPLES, columns: Object.fromEntries([...features, ...labels]) };
}
const rowsOf = (dataset: DatasetDescriptor): DatasetPart =>
  generatedDatasets.find(({ descriptor }) => descriptor.id === dataset.id)?.generate().train ?? randomRows(dataset);

/** The losses of steps on the same few samples. */
async function lossesOf(template: Template, network: ReturnType<Template['create']>[number]): Promise<number[]> {
  const dataset = known(template.dataset);
  const settings = { ...defaultTrainingSettings, ...template.training, batchSize: SAMPLES };
  const programs = (batchSize: number) => compileNetwork({ network, settings, dataset, batchSize });
  const part = new ResidentRows(rowsOf(dataset));
  const columns = Object.fromEntries(columnsOf(dataset).map(({ key, shape, dtype }) => [key, { size: sizeOf(shape), dtype }]));
  const session = await onnxruntimeEngine.open({ programs, uses: [], columns, parts: { train: part, test: part }, randomKey: 3, threads: 1 });
  try {
    await session.setState(initialState(programs(SAMPLES), 5));
    const learningRate = resolveOptimizer(settings.optimizer).parameters['learningRate'] as number;
    const rows = Int32Array.from({ length: SAMPLES }, (_, i) => i);
    const values = await session.trainSteps(Array.from({ length: STEPS }, (_, i) => ({ rows, step: i + 1, learningRate })));
    return values.map(({ loss }) => loss?.[0] as number);
  } finally {
    await session.close();
  }
}

const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
// The perceptrons take one sample a step and end at 0: below.
const byGradients = templates.filter(({ training }) => training.loss !== 'perceptron');

describe.each(byGradients.map((template) => [template.id, template] as const))('%s', (_, template) => {
  test.each(template.create().map((network) => [network.name, network] as const))('%s learns', async (_name, network) => {
    const losses = await lossesOf(template, network);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(mean(losses.slice(-4))).toBeLessThan(mean(losses.slice(0, 2)));
  });
});

/** The accuracy on the test part of a whole training with the template's own settings. */
async function accuracyOf(id: string): Promise<number> {
  const { dataset, create, training } = templateOf(id);
  const set = generatedDatasets.find(({ descriptor }) => descriptor.id === dataset);
  const [network] = create();
  if (!set || !network) throw new Error(`${id} needs a generated set and a network.`);
  const folder = await mkdtemp(join(tmpdir(), 'netwright-'));
  try {
    const job = await trainingJob({ folder, network, dataset: set.descriptor, rows: set.generate(), settings: training });
    const messages: FromTrainer[] = [];
    await trainJob(job, { engine: onnxruntimeEngine, choice: null }, startControl(job), (message) => messages.push(message));
    const end = messages.at(-1);
    return end?.type === 'ended' ? (end.test?.['accuracy'] ?? Number.NaN) : Number.NaN;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a perceptron learns AND', async () => expect(await accuracyOf('perceptron')).toBeGreaterThan(0.97));
test('a perceptron cannot learn XOR: no line does better than three corners of four', async () => expect(await accuracyOf('perceptron-xor')).toBeLessThan(0.8));
