// `netwright engines`: what can compute on this machine.

import type { Command } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import { listEngines } from '../../createMain.ts';
import { perform } from '../context.ts';
import { table } from '../output.ts';

export function addEngines(program: Command): void {
  const engines = program
    .command('engines')
    .description('what can compute on this machine')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      perform(json, async ({ host, output }) => {
        const all = await listEngines(host);
        for (const engine of all) output.event(engine);
        output.line(
          table(
            ['Engine', 'Device', 'Version', 'State', 'Why'],
            all.map(({ id, device, version, state, reason }) => [id, device, version ?? '–', state, reason ?? '']),
          ),
        );
        return 0;
      }),
    );
  engines
    .command('install <engine>')
    .description('bring an engine onto this machine')
    .action((engine: string) =>
      perform(false, async () => {
        throw new NetwrightError({
          kind: 'engine',
          code: 'engine-missing',
          where: engine,
          message: `This version of Netwright cannot install the engine “${engine}”. ONNX Runtime comes with it.`,
        });
      }),
    );
}
