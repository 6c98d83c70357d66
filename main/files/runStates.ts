// Where a run keeps its state: checkpoints, from which it goes on exactly, and what it has learned in the end, where that is another thing
// (running averages, the weights of the best epoch). Reads no file.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type StateFolder = 'checkpoint' | 'learned';
const pattern = /^step-(\d+)\.safetensors$/;

interface StateFile {
  readonly step: number;
  readonly path: string;
}

/** Files of one kind, newest first. */
async function filesIn(runFolder: string, kind: StateFolder): Promise<StateFile[]> {
  const names = await readdir(join(runFolder, kind)).catch(() => []);
  const found = names.flatMap((name) => {
    const step = pattern.exec(name)?.[1];
    return step === undefined ? [] : [{ step: Number(step), path: join(runFolder, kind, name) }];
  });
  return found.sort((a, b) => b.step - a.step);
}

export const stateFileName = (step: number): string => `step-${String(step).padStart(10, '0')}.safetensors`;

/** From where training can go on, newest first. */
export const checkpointFiles = async (runFolder: string): Promise<string[]> => (await filesIn(runFolder, 'checkpoint')).map(({ path }) => path);

/** What a run has learned, newest first: at the same step the weights it settled on stand before its checkpoint. */
export async function learnedFiles(runFolder: string): Promise<string[]> {
  const files = [...(await filesIn(runFolder, 'learned')), ...(await filesIn(runFolder, 'checkpoint'))];
  return files.sort((a, b) => b.step - a.step).map(({ path }) => path);
}
