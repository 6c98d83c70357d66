// What every command is given: the host, where words go, and the main process where it is needed.

import { createMain, type Main, type MainOptions } from '../createMain.ts';
import type { Host } from '../host.ts';
import { nodeHost } from '../nodeHost.ts';
import { Output } from './output.ts';

export interface Context {
  readonly host: Host;
  readonly output: Output;
}

/** Runs a command's work and turns what it throws into an exit status. */
export async function perform(json: boolean | undefined, work: (context: Context) => Promise<number>): Promise<void> {
  const output = new Output(json ?? false);
  try {
    process.exitCode = await work({ host: nodeHost(), output });
  } catch (error) {
    process.exitCode = output.error(error);
  }
}

/** The main process for the time of some work. */
export async function withMain<T>({ host }: Context, work: (main: Main) => Promise<T>, options: MainOptions = {}): Promise<T> {
  const main = await createMain(host, options);
  try {
    return await work(main);
  } finally {
    await main.close();
  }
}
