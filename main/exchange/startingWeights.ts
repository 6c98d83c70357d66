// The weights a run of an imported network starts from: those of the file that the network names, where they still fit, and freshly drawn
// ones for layers that were added or changed since.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileNetwork, initialState } from '../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { encodeSafetensors, type StoredTensor } from '../files/safetensors.ts';
import { withKept } from './keptWeights.ts';
import { namedWeights, type WeightPlaces } from './weightStore.ts';

export interface Start extends WeightPlaces {
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: DatasetDescriptor;
}

/**
 * Writes all weights to start from into the run's folder.
 * @param again the run goes on: what was written at its start counts
 * @returns the file; null for a network that names none
 * @throws NetwrightError where the named file is missing or damaged
 */
export async function startingWeights(start: Start, runFolder: string, again: boolean): Promise<string | null> {
  const path = join(runFolder, 'initial.safetensors');
  if (again) return existsSync(path) ? path : null;
  if (start.network.weights === undefined) return null;
  const tensors = completed(start, await namedWeights(start.network, start));
  await atomicWrite(path, ...encodeSafetensors({ metadata: {}, tensors }));
  return path;
}

/** Every weight of the network. */
function completed({ network, settings, dataset }: Start, kept: ReadonlyMap<string, StoredTensor>): ReadonlyMap<string, StoredTensor> {
  const compiled = compileNetwork({ network, settings, dataset, batchSize: settings.batchSize });
  return withKept(compiled.weights, initialState(compiled, settings.seed), kept);
}
