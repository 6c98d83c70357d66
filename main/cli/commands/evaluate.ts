// `netwright evaluate`: loss and metrics of a trained run, on its own test samples or on other data.

import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { MetricValues } from '../../../shared/protocol/contract.ts';
import { fitToNetwork } from '../../datasets/fit.ts';
import { isFileName } from '../../datasets/ownFile.ts';
import type { Main } from '../../createMain.ts';
import { readRequest } from '../../runs/store.ts';
import { runTask } from '../../runs/trainerProcess.ts';
import { runFolder } from '../chosen.ts';
import { type Context, perform, withMain } from '../context.ts';
import { formatCount, formatValue, table } from '../output.ts';

interface Options {
  readonly data?: string;
  readonly target?: string;
  readonly json?: boolean;
}

async function evaluate(
  { host }: Context,
  main: Main,
  run: string,
  { data, target }: Options,
): Promise<{ readonly test: MetricValues; readonly samples: number }> {
  const folder = runFolder(host, run);
  const { network, settings, dataset, target: ownTarget } = await readRequest(folder);
  const named = data ?? dataset;
  const prepared = await main.datasets.prepare(isFileName(named) ? resolve(named) : named, target ?? ownTarget);
  // A file without a test part is all test: nobody trained on it here.
  const test = prepared.test.count === 0 ? prepared.train : prepared.test;
  const count = { train: prepared.train.count, test: test.count };
  const answer = await runTask(host, {
    task: 'evaluate',
    folder,
    network,
    settings,
    dataset: { ...fitToNetwork(prepared.descriptor, network, settings), samples: count },
    train: prepared.train,
    test,
    threads: availableParallelism(),
  });
  if (answer.type === 'evaluated') return answer;
  throw new NetwrightError(answer.type === 'failed' ? answer.error : { kind: 'work', code: 'no-answer', message: 'The trainer gave no answer.' });
}

export function addEvaluate(program: Command): void {
  program
    .command('evaluate <run>')
    .description('loss and metrics of a trained run on its test samples, or on other data')
    .option('--data <dataset|path>', 'other data than the run’s own')
    .option('--target <column>', 'the column of a .csv that is asked for')
    .option('--json', 'one JSON object a line')
    .action((run: string, options: Options) =>
      perform(options.json, (context) =>
        withMain(context, async (main) => {
          const { test, samples } = await evaluate(context, main, run, options);
          context.output.event({ event: 'evaluate', run, samples, test });
          context.output.line(table(['On', ...Object.keys(test)], [[`${formatCount(samples)} samples`, ...Object.values(test).map(formatValue)]]));
          return 0;
        }),
      ),
    );
}
