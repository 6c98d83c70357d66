// The weights of a run's newest checkpoint for the window: without the optimizer's slots, bounded.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { RunWeights } from '../../shared/protocol/contract.ts';
import type { StoredTensor } from '../files/safetensors.ts';
import { newestCheckpoint } from './trained.ts';

/** More than this is too much to look at in a window. */
const MOST_BYTES = 128 * 1024 * 1024;

const encoded = ({ shape, data }: StoredTensor) => ({ shape, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') });

/** `adam/dense_1/kernel/momentum`: what an optimizer keeps about a weight is named by it. */
const isSlot = (name: string, state: ReadonlyMap<string, StoredTensor>): boolean => state.has(name.split('/').slice(1, -1).join('/'));

/** Null where the run has kept nothing yet. @throws NetwrightError where the weights are too many to send */
export async function runWeights(folder: string): Promise<RunWeights | null> {
  const checkpoint = await newestCheckpoint(folder).catch((error: unknown) => {
    if (error instanceof NetwrightError && error.code === 'no-checkpoint') return null;
    throw error;
  });
  if (!checkpoint) return null;
  const { state } = checkpoint;
  const weights = [...state].filter(([name]) => !isSlot(name, state));
  const bytes = weights.reduce((sum, [, { data }]) => sum + data.byteLength, 0);
  if (bytes > MOST_BYTES)
    throw new NetwrightError({
      kind: 'work',
      code: 'weights-too-large',
      where: folder,
      message: `The weights of this run take ${Math.round(bytes / 2 ** 20)} MiB: at most ${MOST_BYTES / 2 ** 20} MiB are shown here. Export the run to look at them elsewhere.`,
    });
  return { step: checkpoint.step, weights: Object.fromEntries(weights.map(([name, tensor]) => [name, encoded(tensor)])) };
}
