// The importer's entry: a plain Node process of its own, started for one model file, because such a file may come from anyone.
// Reads it, sends what it found over the IPC channel, and ends; also when the channel closes.

import { errorDetails } from '../../shared/lib/errors.ts';
import type { ImportAnswer } from './importModel.ts';
import { readKeras } from './keras/readKeras.ts';

function leave(answer: ImportAnswer): void {
  process.send?.(answer, undefined, undefined, () => process.exit(0));
}

process.on('message', (path) => {
  readKeras(String(path)).then(
    (model) => leave({ model }),
    (error: unknown) => leave({ error: errorDetails(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
