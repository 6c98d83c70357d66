// Weights of imported networks whose project has no file yet: kept in the data folder by what they hold, so that a network in the window
// can name them as it names a file beside its project. Saving the project puts them there.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Network } from '../../shared/network/network.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../files/safetensors.ts';
import { modelError } from './modelError.ts';

type Tensors = ReadonlyMap<string, StoredTensor>;

/** Where a network's project lies and where weights are kept that are not beside one. */
export interface WeightPlaces {
  /** The project's file, or its name where it has none. */
  readonly project: string;
  readonly dataFolder: string;
}

const storeIn = (dataFolder: string): string => join(dataFolder, 'weights');

/** Keeps weights. @param source the model's file, remembered with them @returns the name for the network */
export async function keepWeights(dataFolder: string, tensors: Tensors, source: string): Promise<string> {
  const pieces = encodeSafetensors({ metadata: { source: basename(source) }, tensors });
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  const name = `${hash.digest('hex').slice(0, 32)}.safetensors`;
  const path = join(storeIn(dataFolder), name);
  if (!existsSync(path)) await atomicWrite(path, ...pieces);
  return name;
}

/** A project may come from anyone: what it names must be a plain name. */
function checkName({ name, weights = '' }: Network): string {
  if (weights === basename(weights) && !weights.includes('\\') && weights !== '..') return weights;
  throw modelError('weights-name', name, `“${name}” names the weights “${weights}”, which is no plain file name. Only a file beside the project is read.`);
}

/** The weights that a network names: beside its project, else among those kept here. @throws NetwrightError where they are missing or damaged */
export async function namedWeights(network: Network, { project, dataFolder }: WeightPlaces): Promise<Tensors> {
  const name = checkName(network);
  const beside = join(dirname(project), name);
  const kept = join(storeIn(dataFolder), name);
  const path = existsSync(beside) ? beside : kept;
  const bytes = await readFile(path).catch(() => null);
  if (bytes) return decodeSafetensors(bytes, path).tensors;
  throw modelError(
    'weights-file',
    beside,
    `“${network.name}” starts from the weights in ${beside}, but there is no such file. Put it back beside the project, or import the model again.`,
  );
}

/** Puts kept weights that these networks name beside the project that is being saved. */
export async function putBeside(networks: readonly Network[], { project, dataFolder }: WeightPlaces): Promise<void> {
  for (const network of networks) {
    if (network.weights === undefined) continue;
    const name = checkName(network);
    const [kept, beside] = [join(storeIn(dataFolder), name), join(dirname(project), name)];
    if (!existsSync(kept) || existsSync(beside)) continue;
    await copyFile(kept, `${beside}.tmp`);
    await rename(`${beside}.tmp`, beside);
  }
}
