// Starts the real app the way `npm start` does without a window: `netwright serve` on a free port, with folders of its own that go when it ends.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environment } from '../../main/setup/processes.mjs';

const root = join(import.meta.dirname, '../..');

export interface Server {
  /** With the one-time code in its fragment: good for one page. */
  readonly address: string;
  readonly pid: number;
  /** Where runs, journal and downloads go. */
  readonly home: string;
  stop(): Promise<void>;
}

/** Starts the app; resolves once it has printed its address. */
export async function startServer(more: Record<string, string> = {}): Promise<Server> {
  const home = await mkdtemp(join(tmpdir(), 'netwright-e2e-'));
  const program = join(root, 'main/cli/netwright.ts');
  const env = environment({ NETWRIGHT_HOME: home, ...more });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'serve', '--port', '0', '--no-open'], {
    cwd: home,
    env,
    stdio: 'pipe',
  });
  const stop = async () => {
    await end(child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    return { address: await printedAddress(child), pid: child.pid ?? 0, home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first address among the lines of both outputs; an error with all of them if it ends before. */
function printedAddress(child: ChildProcess): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const hear = (line: string) => {
      lines.push(line);
      const address = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\S*/.exec(line)?.[0];
      if (address) resolve(address);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', hear);
    child.on('error', reject);
    child.on('close', (status) => reject(new Error(`"netwright serve" ended with status ${status} before it printed an address:\n${lines.join('\n')}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
