// `netwright serve`: the app in a browser, until Ctrl-C.

import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { serve } from '../../../shared/protocol/server.ts';
import { openBrowser } from '../../browserHost/openBrowser.ts';
import { startBrowserHost } from '../../browserHost/server.ts';
import type { Main } from '../../createMain.ts';
import { type Context, perform, withMain } from '../context.ts';
import { wholeNumber } from '../options.ts';

interface Options {
  readonly port: number;
  readonly open: boolean;
  readonly json?: boolean;
}

const untilAsked = (): Promise<unknown> => new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));

async function serveApp({ host, output }: Context, main: Main, { port, open }: Options): Promise<number> {
  const server = await startBrowserHost({
    folder: join(dirname(host.assets), 'dist', 'renderer'),
    port,
    connect: (channel) => {
      const { emit } = serve(channel, main.handlers);
      channel.onClose(main.subscribe(emit));
    },
  });
  output.event({ event: 'serving', url: server.url });
  output.line(`Netwright is open at ${server.url}\nThe address works once. Ctrl-C ends it.`);
  if (open) openBrowser(server.url);
  await untilAsked();
  await server.close();
  return 0;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('the app in a browser')
    .option('--port <n>', 'the port (default: any free one)', wholeNumber(0, 65_535), 0)
    .option('--no-open', 'only print the address')
    .option('--json', 'one JSON object a line')
    .action((options: Options) => perform(options.json, (context) => withMain(context, (main) => serveApp(context, main, options), { health: true })));
}
