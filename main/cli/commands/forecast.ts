// `netwright forecast`: what an epoch would take and hold, from a few steps that are really done. Nothing is kept.

import { type Command, Option } from 'commander';
import type { Forecast } from '../../../shared/protocol/contract.ts';
import { datasetNamed, networksToTrain, openProject } from '../chosen.ts';
import { type Context, perform, withMain } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { formatCount, type Output } from '../output.ts';
import { formatSeconds } from '../progressBar.ts';
import { type SettingFlags, settingsFrom } from '../trainSettings.ts';

interface Options extends SettingFlags {
  readonly network?: string;
  readonly all?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

/** Below ten seconds with a decimal. */
const inSeconds = (seconds: number): string => (seconds < 9.95 ? `${seconds.toPrecision(2)} s` : formatSeconds(seconds));
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

function report(output: Output, network: string, forecast: Forecast): void {
  output.event({
    ...{ event: 'forecast', network, engine: forecast.engine, device: forecast.device, seconds_per_epoch: forecast.secondsPerEpoch },
    ...{ step_seconds: forecast.stepSeconds, steps_measured: forecast.stepsMeasured, steps_per_epoch: forecast.stepsPerEpoch, batch_size: forecast.batchSize },
    ...{ peak_memory: forecast.peakMemory, state_bytes: forecast.stateBytes, value_bytes: forecast.valueBytes },
  });
  output.line(
    `${network}: about ${inSeconds(forecast.secondsPerEpoch)} per epoch, ${mebibytes(forecast.peakMemory)}, ${forecast.engineTitle} on the ${forecast.device.toUpperCase()}`,
  );
  output.line(
    `  from ${forecast.stepsMeasured} steps of ${forecast.batchSize} samples, ${(forecast.stepSeconds * 1000).toPrecision(3)} ms each; ${formatCount(forecast.stepsPerEpoch)} steps an epoch`,
  );
  output.line(
    `  computed from the program: ${mebibytes(forecast.stateBytes)} of weights and optimizer state, ${mebibytes(forecast.valueBytes)} of values in a step`,
  );
}

async function forecastAll(context: Context, file: string, options: Options): Promise<number> {
  const project = await openProject(file);
  const settings = settingsFrom(project.training, options);
  const dataset = datasetNamed(project, options.data);
  await withMain(context, async ({ handlers }) => {
    for (const network of networksToTrain(project, options))
      report(context.output, network.name, await handlers['forecast.measure']({ network, settings, dataset }));
  });
  return 0;
}

export function addForecast(program: Command): void {
  program
    .command('forecast <file>')
    .description('time and memory of an epoch, measured with a few steps on this machine')
    .option('--network <name>', 'the network, where there are several')
    .option('--all', 'all networks, one after another')
    .option('--data <dataset|path>', 'a dataset’s name or a file, instead of the project’s own')
    .option('--batch-size <n>', 'samples in a step', wholeNumber(1, 1_000_000))
    .option('--limit <n>', 'use only the first so many training samples', wholeNumber(1))
    .addOption(new Option('--engine <engine>', 'what computes').choices(['auto', 'onnxruntime', 'tensorflow']))
    .addOption(new Option('--device <device>', 'where it computes').choices(['auto', 'cpu', 'gpu']))
    .option('--json', 'one JSON object a line')
    .action((file: string, options: Options) => perform(options.json, (context) => forecastAll(context, file, options)));
}
