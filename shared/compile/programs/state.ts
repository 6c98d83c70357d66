// The first numbers of a run: weights drawn by their initializers, optimizer slots at zero.

import { createInitial } from '../../layers/initializers/index.ts';
import { randomKey } from '../../lib/random.ts';
import { sizeOf } from '../../tensor/types.ts';
import type { CompiledNetwork } from '../types.ts';

/** Weights and slots by name for a seed. A weight's numbers depend on seed and place, not on names, so renaming changes nothing. */
export function initialState(compiled: Pick<CompiledNetwork, 'weights' | 'slots'>, seed: number): Map<string, Float32Array> {
  const state = new Map<string, Float32Array>();
  compiled.weights.forEach((weight, place) => {
    state.set(weight.name, createInitial(weight.initializer, weight.shape, randomKey(seed, 'weights', place)));
  });
  for (const slot of compiled.slots) state.set(slot.name, new Float32Array(sizeOf(slot.shape)));
  return state;
}
