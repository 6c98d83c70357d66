// `netwright predict`: what a trained run, or a project whose network has weights, gives for data.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
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

async function predict(context: Context, main: Main, from: string, options: Options): Promise<PredictedOutput[]> {
  const source = await sourceOf(context, from, options);
  const { folder, network, settings, weights } = source;
  const prepared = await dataFor(source, main, options);
  const { count } = prepared.train;
  const temporary = await mkdtemp(join(tmpdir(), 'netwright-predict-'));
  try {
    const answer = await runTask(context.host, {
      ...{ task: 'predict', folder, network, settings, weights, output: join(temporary, 'rows') },
      dataset: { ...prepared.descriptor, samples: { train: 0, test: count } },
      ...{ train: prepared.test, test: prepared.train, threads: availableParallelism() },
    });
    if (answer.type !== 'predicted')
      throw new NetwrightError(answer.type === 'failed' ? answer.error : { kind: 'work', code: 'no-answer', message: 'The trainer gave no answer.' });
    return await Promise.all(
      answer.outputs.map(async ({ name, path, shape }) => {
        const { buffer, byteOffset, byteLength } = await readFile(path);
        return { name, shape, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) };
      }),
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function run(context: Context, from: string, options: Options): Promise<number> {
  const { output } = context;
  const outputs = await withMain(context, (main) => predict(context, main, from, options));
  const samples = outputs[0]?.shape[0] ?? 0;
  output.event({ event: 'predicted', samples, outputs: outputs.map(({ name, shape }) => ({ name, shape })), file: options.output ?? null });
  if (options.output === undefined) output.line(predictionTable(outputs).trimEnd());
  else {
    await writePredictions(options.output, outputs);
    output.line(`Written: ${options.output}, ${formatCount(samples)} samples`);
  }
  return 0;
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
