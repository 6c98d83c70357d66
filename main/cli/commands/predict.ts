// `netwright predict`: what a trained run, or a project whose network has weights, gives for data.

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { analyze } from '../../../shared/compile/index.ts';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { Network } from '../../../shared/network/network.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Main } from '../../createMain.ts';
import { isFileName } from '../../datasets/ownFile.ts';
import { type PredictedOutput, predictionTable, writePredictions } from '../../datasets/predictionFile.ts';
import type { PreparedDataset } from '../../datasets/prepared.ts';
import { noTarget } from '../../datasets/table.ts';
import { makeFolder } from '../../files/atomicWrite.ts';
import { readRequest } from '../../runs/store.ts';
import { runTask } from '../../runs/trainerProcess.ts';
import { networksNamed, openProject, runFolder } from '../chosen.ts';
import { type Context, perform, withMain } from '../context.ts';
import { formatCount } from '../output.ts';

interface Options {
  readonly data: string;
  readonly target?: string;
  readonly network?: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** Who predicts. */
interface Source {
  readonly folder: string;
  readonly network: Network;
  readonly settings: TrainingSettings;
  /** A file with the weights; null: the run's checkpoint. */
  readonly weights: string | null;
  readonly target: string | null;
}

async function projectSource(file: string, name: string | undefined): Promise<Source> {
  const project = await openProject(file);
  const [network] = networksNamed(project, name).filter(({ weights }) => weights !== undefined);
  if (!network?.weights || network.weights !== basename(network.weights))
    throw new NetwrightError({
      kind: 'project',
      code: 'no-weights',
      where: file,
      message: `${file} holds no network with weights. Train it and name the run, or import a trained model.`,
    });
  const folder = dirname(resolve(file));
  return { folder, network, settings: project.training, weights: join(folder, network.weights), target: null };
}

async function sourceOf({ host }: Context, from: string, { network }: Options): Promise<Source> {
  if (extname(from) === '.netwright') return projectSource(from, network);
  const folder = runFolder(host, from);
  const request = await readRequest(folder);
  return { folder, network: request.network, settings: request.settings, weights: null, target: request.target };
}

const fits = (network: Network, { descriptor }: PreparedDataset): boolean =>
  !analyze(network, { dataset: descriptor }).problems.some(({ code }) => code === 'input-shape' || code === 'several-inputs');

/** A table may hold the column that was asked for in training, or not. */
async function dataFor({ network, target }: Source, main: Main, { data, target: named }: Options): Promise<PreparedDataset> {
  const name = isFileName(data) ? resolve(data) : data;
  if (named !== undefined || extname(data).toLowerCase() !== '.csv') return main.datasets.prepare(name, named ?? null);
  const whole = await main.datasets.prepare(name, noTarget);
  return fits(network, whole) ? whole : main.datasets.prepare(name, target);
}

/** Where the rows lie until they are written: beside what is written, which has the room. */
const temporaryFor = ({ output }: Options): Promise<string> =>
  mkdtemp(output === undefined ? join(tmpdir(), 'netwright-predict-') : join(dirname(resolve(output)), '.netwright-predict-'));

async function predict(context: Context, main: Main, from: string, options: Options, temporary: string): Promise<PredictedOutput[]> {
  const source = await sourceOf(context, from, options);
  const { folder, network, settings, weights } = source;
  const prepared = await dataFor(source, main, options);
  const { count } = prepared.train;
  const answer = await runTask(context.host, {
    ...{ task: 'predict', folder, network, settings, weights, output: join(temporary, 'rows') },
    dataset: { ...prepared.descriptor, samples: { train: 0, test: count } },
    ...{ train: prepared.test, test: prepared.train, threads: availableParallelism() },
  });
  if (answer.type !== 'predicted')
    throw new NetwrightError(answer.type === 'failed' ? answer.error : { kind: 'work', code: 'no-answer', message: 'The trainer gave no answer.' });
  return answer.outputs.map(({ name, path, shape }) => ({
    name,
    shape,
    numbers: { path, dtype: 'float32', count: shape.reduce((product, size) => product * size, 1) },
  }));
}

async function write(outputs: readonly PredictedOutput[], { output }: Options, context: Context): Promise<void> {
  const samples = outputs[0]?.shape[0] ?? 0;
  if (output !== undefined) await writePredictions(output, outputs);
  else for await (const lines of predictionTable(outputs)) await context.output.text(lines);
  context.output.event({ event: 'predicted', samples, outputs: outputs.map(({ name, shape }) => ({ name, shape })), file: output ?? null });
  if (output !== undefined) context.output.line(`Written: ${output}, ${formatCount(samples)} samples`);
}

async function run(context: Context, from: string, options: Options): Promise<number> {
  if (options.output !== undefined) await makeFolder(dirname(resolve(options.output)));
  const temporary = await temporaryFor(options);
  try {
    const outputs = await withMain(context, (main) => predict(context, main, from, options, temporary));
    await write(outputs, options, context);
    return 0;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

export function addPredict(program: Command): void {
  program
    .command('predict <run|file>')
    .description('what a trained run, or a project whose network has weights, gives for data')
    .requiredOption('--data <dataset|path>', 'a dataset’s name, or an .npz (x, or x0, x1, …) or .csv file; labels are not needed')
    .option('--target <column>', 'the column of a .csv that is to be left out')
    .option('--network <name>', 'the network of a project, where several have weights')
    .option('-o, --output <file>', 'where to write: .csv or .npz (default: a table on the screen)')
    .option('--json', 'one JSON object a line')
    .action((from: string, options: Options) => perform(options.json, (context) => run(context, from, options)));
}
