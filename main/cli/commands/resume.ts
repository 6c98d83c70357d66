// `netwright resume`: goes on with a run exactly where it stopped.

import type { Command } from 'commander';
import { runFolder } from '../chosen.ts';
import { perform, withMain } from '../context.ts';
import { followRun, RunEvents } from '../followRun.ts';
import { wholeNumber } from '../options.ts';

export function addResume(program: Command): void {
  program
    .command('resume <run>')
    .description('go on with a run exactly where it stopped')
    .option('--epochs <n>', 'epochs in all, those before included', wholeNumber(1, 100_000))
    .option('--json', 'one JSON object a line')
    .action((run: string, { epochs, json }: { epochs?: number; json?: boolean }) =>
      perform(json, async (context) => {
        const folder = runFolder(context.host, run);
        const events = new RunEvents({ output: context.output, logBatches: false });
        events.name = run;
        return withMain(context, async (main) => followRun(main, events, await main.runs.continueRun(folder, epochs ?? null)), {
          heard: (_, message) => events.hear(message),
        });
      }),
    );
}
