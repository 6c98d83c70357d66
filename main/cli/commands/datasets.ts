// `netwright datasets`: the built-in datasets, and fetching one.

import type { Command } from 'commander';
import type { Events } from '../../../shared/protocol/contract.ts';
import { perform, withMain } from '../context.ts';
import { formatCount, table } from '../output.ts';

function showProgress({ received, total }: Events['datasets.progress']): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${formatCount(received)} of ${total === null ? '?' : formatCount(total)} bytes`);
}

export function addDatasets(program: Command): void {
  const datasets = program
    .command('datasets')
    .description('the built-in datasets')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      perform(json, (context) =>
        withMain(context, async (main) => {
          const all = await main.datasets.list();
          for (const dataset of all) context.output.event(dataset);
          context.output.line(
            table(
              ['Dataset', 'Train', 'Test', 'Here', 'About'],
              all.map(({ id, samples, available, about }) => [id, formatCount(samples.train), formatCount(samples.test), available ? 'yes' : 'no', about]),
            ),
          );
          return 0;
        }),
      ),
    );
  datasets
    .command('get <name>')
    .description('fetch a dataset now, so that it works without a network later')
    .option('--json', 'one JSON object a line')
    .action((name: string, _: object, command: Command) =>
      perform(command.optsWithGlobals<{ json?: boolean }>().json, (context) =>
        withMain(context, async (main) => {
          main.subscribe((event, payload) => event === 'datasets.progress' && showProgress(payload as Events['datasets.progress']));
          const { id, available, bytes } = await main.datasets.fetch(name);
          context.output.event({ event: 'dataset', id, available, bytes });
          context.output.line(`${id} is ready.`);
          return 0;
        }),
      ),
    );
}
