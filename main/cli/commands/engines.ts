// `netwright engines`: what can compute on this machine; bringing TensorFlow onto it and taking it away.

import type { Command } from 'commander';
import type { EngineInfo, Events } from '../../../shared/protocol/contract.ts';
import { listEngines } from '../../engines/index.ts';
import { type Context, perform, withMain } from '../context.ts';
import { interrupted, table } from '../output.ts';

type Json = { readonly json?: boolean };

function show({ output }: Context, engines: readonly EngineInfo[]): void {
  for (const engine of engines) output.event(engine);
  output.line(
    table(
      ['Engine', 'Device', 'Version', 'State', 'Why', 'What to do'],
      engines.map(({ id, device, version, state, reason, whatToDo }) => [id, device, version ?? '–', state, reason ?? '', whatToDo ?? '']),
    ),
  );
}

/** Each step on a line of its own; on a terminal a line that grows. */
function progressLine(context: Context): (progress: Events['engines.progress']) => void {
  let last = '';
  return (progress) => {
    const { step, share } = progress;
    context.output.event({ event: 'progress', ...progress });
    const text = share === null ? step : `${step} ${Math.round(share * 100)} %`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}${share === null ? '\n' : ''}`);
    else if (step !== last && !context.output.json) process.stderr.write(`${step}\n`);
    last = step;
  };
}

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C takes back what has been done, as do the other ways to end it. */
async function install(context: Context, id: string): Promise<number> {
  return withMain(context, async (main) => {
    const onProgress = progressLine(context);
    main.subscribe((event, payload) => event === 'engines.progress' && onProgress(payload as Events['engines.progress']));
    const stop = () => main.engines.cancel();
    for (const signal of ends) process.once(signal, stop);
    try {
      show(context, await main.engines.install(id));
      return 0;
    } catch (error) {
      if ((error as { code?: string }).code !== 'engine-cancelled') throw error;
      context.output.error(error);
      return interrupted;
    } finally {
      for (const signal of ends) process.off(signal, stop);
    }
  });
}

async function uninstall(context: Context, id: string): Promise<number> {
  return withMain(context, async (main) => {
    show(context, await main.engines.uninstall(id));
    return 0;
  });
}

export function addEngines(program: Command): void {
  const engines = program
    .command('engines')
    .description('what can compute on this machine')
    .option('--json', 'one JSON object a line')
    .action(({ json }: Json) =>
      perform(json, async (context) => {
        show(context, await listEngines(context.host));
        return 0;
      }),
    );
  const on = (words: string, description: string, work: (context: Context, id: string) => Promise<number>) =>
    engines
      .command(words)
      .description(description)
      .option('--json', 'one JSON object a line')
      .action((id: string, _: object, command: Command) => perform(command.optsWithGlobals<Json>().json, (context) => work(context, id)));
  on('install <engine>', 'bring an engine onto this machine (tensorflow)', install);
  on('uninstall <engine>', 'remove it again', uninstall);
}
