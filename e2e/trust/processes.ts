// Processes that are started to be killed.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { randomBits, randomKey } from '../../shared/lib/random.ts';

const root = join(import.meta.dirname, '..', '..');
const netwright = join(root, 'main', 'cli', 'netwright.ts');

/** Between 0 and `limit`, the same for the same seed. */
export const between = (limit: number, seed: number, what: string): number => (randomBits(randomKey(seed, what), 0, 0) / 2 ** 32) * limit;

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  /** The lines of its standard output so far. */
  readonly lines: string[];
  /** What it said on standard error. */
  words(): string;
  /** Resolves at its end with its exit status; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves at the first line of which this is true, or at its end. */
  until(isIt: (line: string) => boolean): Promise<void>;
}

export function startNode(args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: root, env: { ...process.env, ...env } });
  const lines: string[] = [];
  let rest = '',
    words = '';
  let heard = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const all = (rest + text).split('\n');
    rest = all.pop() ?? '';
    lines.push(...all);
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (words = (words + text).slice(-4000)));
  const ended = new Promise<number | null>((resolve) => child.on('close', (status) => resolve(status)));
  const until = (isIt: (line: string) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => lines.some(isIt) && resolve();
      heard = look;
      void ended.then(() => resolve());
      look();
    });
  return { child, lines, words: () => words, ended, until };
}

export const startNetwright = (args: readonly string[], env: Readonly<Record<string, string>>): Started => startNode([netwright, ...args], env);

/** Kills a process after some milliseconds, unless it has ended before. */
export async function killAfter({ child, ended }: Started, milliseconds: number, pid: number | undefined = child.pid): Promise<void> {
  const timer = setTimeout(() => {
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }, milliseconds);
  await ended;
  clearTimeout(timer);
}
