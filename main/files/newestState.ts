// The newest of a run's states that is whole, and what is wrong with newer ones: none is passed over in silence.

import { readFile } from 'node:fs/promises';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { decodeSafetensors, type TensorFile } from './safetensors.ts';

export interface NewestState<T> {
  /** Null where none is whole. */
  readonly state: T | null;
  /** Of each newer one, why it cannot be used: sentences. */
  readonly damaged: readonly string[];
}

const isDamage = (error: unknown): error is NetwrightError => error instanceof NetwrightError && error.code.startsWith('safetensors-');

/**
 * @param paths newest first
 * @param read what is wanted of a file @throws NetwrightError `safetensors-…` where it cannot be used
 */
export async function newestState<T>(paths: readonly string[], read: (file: TensorFile, path: string) => T): Promise<NewestState<T>> {
  const damaged: string[] = [];
  for (const path of paths) {
    try {
      return { state: read(decodeSafetensors(await readFile(path), path), path), damaged };
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push(error.message);
    }
  }
  return { state: null, damaged };
}

const refusal = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'work', code, where, message });

/** What a run has learned. @throws NetwrightError where it has kept nothing, or the newest of it is damaged: an older state would be another result */
export function learnedState<T>({ state, damaged: [first] }: NewestState<T>, folder: string): T {
  if (first !== undefined && state !== null)
    throw refusal('checkpoint-damaged', folder, `${first} Without that file, the state before it is used: remove it where that will do.`);
  if (first !== undefined) throw refusal('checkpoint-damaged', folder, `${first} The run has kept no other state. Train it again.`);
  if (state === null) throw refusal('no-checkpoint', folder, `The run in ${folder} has no checkpoint: it ended before its first epoch. Train it again.`);
  return state;
}

/** From where a run goes on; null where it has kept nothing. @throws NetwrightError where nothing of what it kept is whole: it would begin anew */
export function resumedState<T>(newest: NewestState<T>, folder: string): NewestState<T> {
  const [first] = newest.damaged;
  if (newest.state !== null || first === undefined) return newest;
  throw refusal('checkpoint-damaged', folder, `${first} The run in ${folder} cannot go on from anything else. Train it again.`);
}
