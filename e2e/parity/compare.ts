// One network of the comparison on our side: what Keras saved is imported, trained on the same batches from the same weights with each
// optimizer, and one result is written back. Says by how much it differs; judges nothing.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeras } from '../../main/exchange/keras/readKeras.ts';
import { writeKeras } from '../../main/exchange/keras/writeKeras.ts';
import type { ImportedModel } from '../../main/exchange/imported.ts';
import { fitToNetwork } from '../../main/datasets/fit.ts';
import type { LoadedDataset } from '../../main/datasets/loaded.ts';
import { readNpz } from '../../main/datasets/npz.ts';
import { readNumbers } from '../../main/datasets/numbersFile.ts';
import type { WrittenPart } from '../../main/datasets/prepared.ts';
import type { Engine, EngineSession, State, TrainBatch } from '../../main/trainer/engines/engine.ts';
import { ResidentRows } from '../../main/trainer/rows.ts';
import { analyze, compileNetwork, initialState } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { columnsOf } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';

export const STEPS = 25;
export const BATCH = 8;
/** Steps that Keras goes on for with what was written back. */
const FURTHER = 3;

/** The largest differences of one training: of a loss, relative; of a weight, relative to the largest of its tensor. */
export interface Difference {
  readonly loss: number;
  readonly weights: number;
}
export interface Compared {
  readonly network: string;
  /** By optimizer. */
  readonly trained: Readonly<Record<string, Difference | string>>;
}

interface Subject {
  readonly folder: string;
  readonly loaded: LoadedDataset;
  readonly start: ImportedModel;
  readonly engine: Engine;
}

const rate = (settings: TrainingSettings): number => resolveOptimizer(settings.optimizer).parameters['learningRate'] as number;

/** The steps from one on; after the last batch comes the first again. */
function stepsFrom(first: number, count: number, learningRate: number): TrainBatch[] {
  return Array.from({ length: count }, (_, i) => {
    const at = ((first + i) % STEPS) * BATCH;
    return { rows: Int32Array.from({ length: BATCH }, (_row, k) => at + k), step: first + i + 1, learningRate };
  });
}

async function openSession({ engine, loaded }: Subject, dataset: DatasetDescriptor, programs: () => CompiledNetwork): Promise<EngineSession> {
  const rows = new ResidentRows(loaded.train);
  return engine.open({
    programs,
    uses: [{ program: 'trainStep', batchSize: BATCH }],
    columns: Object.fromEntries(columnsOf(dataset).map(({ key, shape, dtype }) => [key, { size: sizeOf(shape), dtype }])),
    parts: { train: rows, test: rows },
    randomKey: 1,
    threads: 1,
  });
}

/** Fresh slots, and every weight from the file. @throws Error where one is missing */
function firstState(compiled: CompiledNetwork, { weights }: ImportedModel): State {
  const state = new Map(initialState(compiled, 0));
  for (const { name } of compiled.weights) {
    const stored = weights.get(name);
    if (!stored) throw new Error(`the file has no weight “${name}”`);
    state.set(name, stored.data);
  }
  return state;
}

/** Of a loss or a metric. */
export const relative = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-6);

/** The largest of any weight, relative to the largest of its tensor. */
export function weightDifference(state: State, theirs: ImportedModel['weights']): number {
  const all = [...theirs].map(([name, { data }]) => {
    const ours = state.get(name) ?? new Float32Array();
    const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    return ours.length === data.length ? data.reduce((most, value, i) => Math.max(most, Math.abs(value - (ours[i] as number)) / scale), 0) : Number.NaN;
  });
  return Math.max(0, ...all);
}

/** Trains as Keras did with one optimizer, and with one more on from what was written back. */
async function trainWith(subject: Subject, optimizer: string, theirs: readonly number[], isWrittenBack: boolean): Promise<Difference> {
  const { folder, loaded, start } = subject;
  const end = await readKeras(join(folder, `${optimizer}.keras`));
  const settings: TrainingSettings = {
    ...defaultTrainingSettings,
    ...start.training,
    ...(end.training.optimizer ? { optimizer: end.training.optimizer } : {}),
    ...{ metrics: [], batchSize: BATCH, validationSplit: 0 },
  };
  const { network } = start;
  const dataset = fitToNetwork(loaded.descriptor, network, settings);
  const compiled = compileNetwork({ network, settings, dataset, batchSize: BATCH });
  const session = await openSession(subject, dataset, () => compiled);
  try {
    await session.setState(firstState(compiled, start));
    const values = await session.trainSteps(stepsFrom(0, STEPS, rate(settings)));
    const state = await session.state();
    if (isWrittenBack) await writeBack(subject, settings, dataset, compiled, state, session);
    const loss = Math.max(...values.map(({ loss: own }, i) => relative(own?.[0] as number, theirs[i] as number)));
    return { loss, weights: weightDifference(state, end.weights) };
  } finally {
    await session.close();
  }
}

/** A .keras file of what was learned, and what the next steps cost here. */
async function writeBack(
  { folder, start: { network } }: Subject,
  settings: TrainingSettings,
  dataset: DatasetDescriptor,
  { weights, slots }: CompiledNetwork,
  state: State,
  session: EngineSession,
): Promise<void> {
  const tensors = new Map([...weights, ...slots].map(({ name, shape }) => [name, { shape, data: state.get(name) as Float32Array }]));
  const learningRate = rate(settings);
  await writeKeras(join(folder, 'taken.keras'), {
    network,
    analysis: analyze(network, { dataset, loss: settings.loss }),
    settings,
    dataset,
    state: tensors,
    step: STEPS,
    learningRate,
  });
  const further = await session.trainSteps(stepsFrom(STEPS, FURTHER, learningRate));
  const losses = further.map(({ loss }) => loss?.[0]);
  writeFileSync(join(folder, 'taken.json'), JSON.stringify({ batch: BATCH, first: STEPS, count: FURTHER, losses }));
}

/** A small archive, in memory. */
async function dataIn(path: string): Promise<LoadedDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-parity-'));
  const inMemory = async ({ count, columns }: WrittenPart): Promise<DatasetPart> => {
    const read = Object.entries(columns).map(async ([key, file]) => [key, await readNumbers(file)] as const);
    return { count, columns: Object.fromEntries(await Promise.all(read)) };
  };
  try {
    const { descriptor, train, test } = await readNpz(path, folder);
    return { descriptor, train: await inMemory(train), test: await inMemory(test) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Everything of one network; what a folder that is kept holds from before is not done again. @param returning the optimizer whose result is written back */
export async function compareNetwork(folder: string, network: string, optimizers: readonly string[], returning: string, engine: Engine): Promise<Compared> {
  const kept = join(folder, `compared-${engine.id}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Compared;
  const compared = await compareAnew(folder, network, optimizers, returning, engine);
  writeFileSync(kept, JSON.stringify(compared));
  return compared;
}

async function compareAnew(folder: string, network: string, optimizers: readonly string[], returning: string, engine: Engine): Promise<Compared> {
  const failed = join(folder, 'failed.txt');
  if (existsSync(failed)) return { network, trained: { keras: readFileSync(failed, 'utf8').trim().split('\n').at(-1) ?? 'failed' } };
  const losses = JSON.parse(readFileSync(join(folder, 'losses.json'), 'utf8')) as Readonly<Record<string, number[]>>;
  const trained: Record<string, Difference | string> = {};
  try {
    const subject = { folder, loaded: await dataIn(join(folder, 'data.npz')), start: await readKeras(join(folder, 'start.keras')), engine };
    for (const optimizer of optimizers.filter((one) => losses[one])) {
      trained[optimizer] = await trainWith(subject, optimizer, losses[optimizer] ?? [], optimizer === returning).catch(words);
    }
  } catch (error) {
    trained['import'] = words(error);
  }
  return { network, trained };
}

/** How far Keras, gone on with what was written back, is from ours; or why it could not. */
export function comparedBack(folder: string): number | string {
  if (!existsSync(join(folder, 'taken.json'))) return 'was not written';
  const ours = JSON.parse(readFileSync(join(folder, 'taken.json'), 'utf8')) as { losses: number[] };
  const theirs = JSON.parse(readFileSync(join(folder, 'back.json'), 'utf8')) as { losses?: number[]; error?: string };
  if (!theirs.losses) return theirs.error ?? 'failed';
  return Math.max(...ours.losses.map((loss, i) => relative(loss, theirs.losses?.[i] as number)));
}

/** The networks' folders by name, in order. */
export const networksIn = (folder: string): readonly { readonly name: string; readonly folder: string }[] =>
  readdirSync(folder)
    .toSorted()
    .map((entry) => ({ name: entry.slice(3), folder: join(folder, entry) }));
