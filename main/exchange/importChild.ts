// The importer's entry: a plain Node process of its own, started for one model file, because such a file may come from anyone.
// Reads it, sends what it found over the IPC channel, and ends; also when the channel closes.

import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { ImportedModel } from './imported.ts';
import type { ImportAnswer } from './importModel.ts';
import { readKeras } from './keras/readKeras.ts';

function leave(answer: ImportAnswer): void {
  process.send?.(answer, undefined, undefined, () => process.exit(0));
}

/** Seconds of work that a file may take: several times what sound ones do. */
const workOf = (bytes: number): number => 1.5 + (0.2 * bytes) / 1e6;
/** The most memory that a sound file of so many bytes needs, in bytes: the program itself, and the numbers some times over. */
const memoryOf = (bytes: number): number => 600e6 + 20 * bytes;

async function read(path: string): Promise<ImportedModel> {
  const bytes = (await stat(path).catch(() => null))?.size ?? 0;
  new Worker(new URL('./importWatch.ts', import.meta.url), { workerData: { seconds: workOf(bytes), memory: memoryOf(bytes) } }).unref();
  return readKeras(path);
}

process.on('message', (path) => {
  read(String(path)).then(
    (model) => leave({ model }),
    (error: unknown) => leave({ error: errorDetails(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
