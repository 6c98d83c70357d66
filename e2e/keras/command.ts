// The command line as a user calls it, in a process of its own.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** @returns what it wrote @throws Error with its last words */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`);
}

/** The command line, with a home of its own. @returns the events */
export function netwright(home: string, ...args: readonly string[]): Readonly<Record<string, unknown>>[] {
  const command = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/netwright.ts'), ...args, '--json'];
  const lines = run(process.execPath, command, { ...process.env, NETWRIGHT_HOME: home }).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
