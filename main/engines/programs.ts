// Starting other programs while an engine is installed: their output kept and heard, ended when the person cancels.

import { spawn } from 'node:child_process';

export interface Outcome {
  /** 127 where the program could not be started. */
  readonly status: number;
  /** The last of what it said on both outputs. */
  readonly output: string;
}
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  readonly limit?: number;
  heard?(text: string): void;
}

const KEPT = 20_000;

/** Runs a program to its end. @throws the signal's reason when it is cancelled */
export function run(program: string, args: readonly string[], { signal, cwd, env, limit, heard }: RunOptions): Promise<Outcome> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    const end = () => void child.kill('SIGKILL');
    const timer = limit === undefined ? undefined : setTimeout(end, limit);
    signal.addEventListener('abort', end, { once: true });
    const done = (status: number) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve({ status, output });
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT);
        heard?.(text);
      });
    child.on('error', (error) => {
      output += error.message;
      done(127);
    });
    child.on('close', (status) => done(status ?? 1));
  });
}

/** The first of some programs that starts with the given words; null where none does. */
export async function firstWorking(programs: readonly (readonly string[])[], words: readonly string[], signal: AbortSignal): Promise<readonly string[] | null> {
  for (const [program = '', ...args] of programs)
    if ((await run(program, [...args, ...words], { signal, limit: 30_000 })).status === 0) return [program, ...args];
  return null;
}
