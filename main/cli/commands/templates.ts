// `netwright templates`: the built-in networks and projects.

import type { Command } from 'commander';
import { templateInfos } from '../../projects/index.ts';
import { perform } from '../context.ts';
import { table } from '../output.ts';

export function addTemplates(program: Command): void {
  program
    .command('templates')
    .description('names of the built-in networks and projects')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      perform(json, async ({ output }) => {
        const all = templateInfos();
        for (const { id, title, about, group, dataset, networks } of all)
          output.event({ id, title, about, group, dataset, networks: networks.map(({ name }) => name) });
        output.line(
          table(
            ['Template', 'Dataset', 'About'],
            all.map(({ id, dataset, about }) => [id, dataset ?? '–', about]),
          ),
        );
        return 0;
      }),
    );
}
