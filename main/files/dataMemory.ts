// How much memory data may take, in the trainer and where data is prepared.

import { totalmem } from 'node:os';

export interface DataMemory {
  /** Bytes that are held for good. */
  readonly resident: number;
  /** Bytes of what comes next, a column at a time. */
  readonly ahead: number;
}

/** How much of the data is held in memory, in MiB, where a person sets it. */
const dataMemoryVariable = 'NETWRIGHT_DATA_MEMORY';

/** A quarter of the machine for the data; some hundred steps ahead of small pictures, a few of large ones. */
export function dataMemory(): DataMemory {
  const asked = Number(process.env[dataMemoryVariable] || Number.NaN);
  return { resident: asked >= 0 ? asked * 2 ** 20 : totalmem() / 4, ahead: 64 * 2 ** 20 };
}
