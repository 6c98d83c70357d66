// `netwright runs` and `netwright compare`: what was trained, and several runs side by side.

import type { Command } from 'commander';
import type { RunSnapshot } from '../../../shared/protocol/contract.ts';
import { readSnapshot } from '../../runs/store.ts';
import { runFolder } from '../chosen.ts';
import { perform, withMain } from '../context.ts';
import { formatCount, formatValue, type Output, table } from '../output.ts';
import { formatSeconds } from '../progressBar.ts';

/** A run as programs read it. */
const summary = ({ id, status, networkName, record, epochs, secondsElapsed, test, error }: RunSnapshot) => ({
  ...{ run: id, status, network: networkName, dataset: record?.dataset ?? null, engine: record?.engine ?? null, parameters: record?.parameters ?? null },
  ...{
    seed: record?.settings.seed ?? null,
    epochs: epochs.length,
    seconds: secondsElapsed,
    values: epochs.at(-1)?.values ?? null,
    test,
    error: error?.message ?? null,
    started: record?.startedAt ?? null,
  },
});

function print(output: Output, runs: readonly RunSnapshot[]): void {
  for (const run of runs) output.event(summary(run));
  const keys = [...new Set(runs.flatMap(({ test }) => Object.keys(test ?? {})))];
  const row = (run: RunSnapshot) => [
    run.id,
    run.networkName,
    run.status,
    run.record ? formatCount(run.record.parameters) : '–',
    String(run.epochs.length),
    formatSeconds(run.secondsElapsed),
    ...keys.map((key) => formatValue(run.test?.[key])),
  ];
  output.line(
    runs.length === 0
      ? 'There are no runs yet.'
      : table(['Run', 'Network', 'Status', 'Parameters', 'Epochs', 'Time', ...keys.map((key) => `test ${key}`)], runs.map(row)),
  );
}

export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('all runs, oldest first')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      perform(json, (context) =>
        withMain(context, async (main) => {
          print(context.output, await main.runs.list());
          return 0;
        }),
      ),
    );
}

export function addCompare(program: Command): void {
  program
    .command('compare <runs...>')
    .description('several runs side by side')
    .option('--json', 'one JSON object a line')
    .action((names: string[], { json }: { json?: boolean }) =>
      perform(json, async ({ host, output }) => {
        print(output, await Promise.all(names.map((name) => readSnapshot(runFolder(host, name)))));
        return 0;
      }),
    );
}
