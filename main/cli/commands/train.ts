// `netwright train`: trains networks of a project, one after another.

import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { Network } from '../../../shared/network/network.ts';
import type { Project } from '../../../shared/project/project.ts';
import { callbacks } from '../../../shared/training/callbacks/index.ts';
import { lossIds } from '../../../shared/training/losses/index.ts';
import { metricIds } from '../../../shared/training/metrics/index.ts';
import { optimizerIds } from '../../../shared/training/optimizers/index.ts';
import { schedules } from '../../../shared/training/schedules/index.ts';
import { datasetNamed, networksToTrain, openProject } from '../chosen.ts';
import { type Context, perform, withMain } from '../context.ts';
import { followRun, RunEvents } from '../followRun.ts';
import { interrupted } from '../output.ts';
import { list, positiveNumber, several, share, weights, wholeNumber } from '../options.ts';
import { type SettingFlags, settingsFrom } from '../trainSettings.ts';

interface Options extends SettingFlags {
  readonly network?: string;
  readonly all?: boolean;
  readonly data?: string;
  readonly target?: string;
  readonly repeats: number;
  readonly fromInitial?: string;
  readonly run?: string;
  readonly json?: boolean;
  readonly logEvery: 'epoch' | 'batch';
}

interface Planned {
  readonly network: Network;
  readonly repeat: number;
}

/** Trains one network once. @returns the exit status */
function trainOnce(context: Context, project: Project, file: string, { network, repeat }: Planned, options: Options): Promise<number> {
  const events = new RunEvents({ output: context.output, logBatches: options.logEvery === 'batch' });
  const base = settingsFrom(project.training, options);
  const settings = { ...base, seed: (base.seed + repeat) % 2 ** 32 };
  const work = withMain(
    context,
    async (main) => {
      const request = { project: resolve(file), network, settings, dataset: datasetNamed(project, options.data), race: null };
      const extras = { target: options.target ?? null, initialWeights: options.fromInitial ? resolve(options.fromInitial) : null, folder: options.run };
      // Nothing a trainer says can arrive before the name is set: that takes a process.
      const id = await main.runs.start(request, extras);
      events.name = options.run ? resolve(options.run) : id;
      return followRun(main, events, id);
    },
    { heard: (_, message) => events.hear(message) },
  );
  return work;
}

async function train(context: Context, file: string, options: Options): Promise<number> {
  const project = await openProject(file);
  const planned = networksToTrain(project, options).flatMap((network) => Array.from({ length: options.repeats }, (_, repeat) => ({ network, repeat })));
  if (options.run !== undefined && planned.length > 1)
    throw new NetwrightError({ kind: 'usage', code: 'one-run', message: 'With --run, train one network once: leave out --all and --repeats.' });
  let worst = 0;
  for (const one of planned) {
    const status = await trainOnce(context, project, file, one, options);
    if (status === interrupted) return status;
    worst ||= status;
  }
  return worst;
}

export function addTrain(program: Command): void {
  program
    .command('train <file>')
    .description('train a network of a project; without a flag, as the project’s own settings say')
    .option('--network <name>', 'the network, where there are several')
    .option('--all', 'all networks, one after another')
    .option('--data <dataset|path>', 'a dataset’s name, or an .npz (x, y; x0, x1 …, y0, y1 … for several; x_test, y_test) or .csv file')
    .option('--target <column>', 'the column of a .csv that is asked for (default: the last)')
    .option('--loss <loss>', `auto, or a loss: ${lossIds.join(', ')}; with parameters: categoricalCrossentropy:label_smoothing=0.1`)
    .option('--optimizer <optimizer>', `${optimizerIds.join(', ')}; with parameters: adam:clipnorm=1:weight_decay=0.01`)
    .option('--learning-rate <x>', 'the optimizer’s learning rate', positiveNumber)
    .option('--schedule <schedule>', `how the learning rate changes: ${Object.keys(schedules).join(', ')}; with parameters: cosineDecay:decay_steps=1000`)
    .option('--metrics <a,b>', `metrics beside the loss: ${metricIds.join(', ')}; with parameters: auc:curve=PR`, list)
    .option(
      '--callback <callback>',
      `at the end of epochs, may be repeated: ${Object.keys(callbacks).join(', ')}; with parameters: earlyStopping:patience=3`,
      several,
    )
    .option('--class-weights <0=w,1=w>', 'how much classes count in the loss, by their number', weights)
    .option('--epochs <n>', 'times over all samples', wholeNumber(1, 100_000))
    .option('--batch-size <n>', 'samples in a step', wholeNumber(1, 1_000_000))
    .option('--validation-split <f>', 'share of the training samples kept for validation', share)
    .option('--limit <n>', 'use only the first so many training samples', wholeNumber(1))
    .option('--seed <n>', 'starts all random numbers', wholeNumber(0, 0xffffffff))
    .option('--repeats <k>', 'train so many times, with seed, seed + 1, …', wholeNumber(1, 1000), 1)
    .option('--no-shuffle', 'see the samples in their own order')
    .option('--from-initial <weights>', 'start from the weights in a .safetensors file')
    .addOption(new Option('--engine <engine>', 'what computes').choices(['auto', 'onnxruntime', 'tensorflow']))
    .addOption(new Option('--device <device>', 'where it computes').choices(['auto', 'cpu', 'gpu']))
    .option('--run <dir>', 'the folder for the run’s files')
    .option('--json', 'one JSON object a line')
    .addOption(new Option('--log-every <what>', 'how often values are printed with --json').choices(['epoch', 'batch']).default('epoch'))
    .action((file: string, options: Options) => perform(options.json, (context) => train(context, file, options)));
}
