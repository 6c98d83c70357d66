// The formats that a network can be written in, for the command line and the window.

import type { ExportFormat } from '../../shared/protocol/contract.ts';
import { writeKeras } from './keras/writeKeras.ts';
import { writeLegacy } from './keras/writeLegacy.ts';
import type { Trained } from './trained.ts';

interface Format {
  /** With its dot. */
  readonly extension: string;
  /** Others that such files have. */
  readonly alsoNamed: readonly string[];
  /** Gives what a person should know of the file, in sentences. @throws NetwrightError naming what the format cannot hold */
  write(path: string, trained: Trained): Promise<readonly string[]>;
}

export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  keras: { extension: '.keras', alsoNamed: [], write: writeKeras },
  h5: { extension: '.h5', alsoNamed: ['.hdf5'], write: writeLegacy },
};
