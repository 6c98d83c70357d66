// Weights that may take the place of the last ones when training ends: those of the best epoch, and running averages.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { averageSlot, slotName } from '../../shared/training/optimizers/updates.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../files/safetensors.ts';
import { stateFrom } from './checkpoint.ts';
import type { State } from './engines/engine.ts';

/** A file that training can start from (`--from-initial`), too. */
const pathOf = (folder: string, callback: string): string => join(folder, `best-${callback}.safetensors`);

/** Keeps the weights of this moment as the best of a callback. */
export async function saveBest(folder: string, callback: string, state: State, { weights }: CompiledNetwork): Promise<void> {
  const tensors = new Map(weights.map(({ name, shape }): [string, StoredTensor] => [name, { shape, data: state.get(name) as Float32Array }]));
  await atomicWrite(pathOf(folder, callback), ...encodeSafetensors({ metadata: {}, tensors }));
}

/** The best weights of a callback; null where no epoch was the best, because it saw none. */
export async function loadBest(folder: string, callback: string, { weights }: CompiledNetwork): Promise<State | null> {
  const path = pathOf(folder, callback);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes && stateFrom(decodeSafetensors(bytes, path).tensors, new Map(weights.map(({ name, shape }) => [name, shape])), path);
}

/** The state with every weight at its running average; null where the optimizer keeps none. */
export function averagedState(state: State, { weights }: CompiledNetwork, optimizer: string): State | null {
  const averages = weights.flatMap(({ name }): [string, Float32Array][] => {
    const average = state.get(slotName(optimizer, name, averageSlot));
    return average ? [[name, average]] : [];
  });
  return averages.length === 0 ? null : new Map([...state, ...averages]);
}
