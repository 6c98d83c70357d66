// A dataset with its numbers, whatever it was read from, and the fingerprint that a run records.

import { createHash } from 'node:crypto';
import { columnsOf } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart, Numbers } from '../../shared/datasets/descriptor.ts';

export interface LoadedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly train: DatasetPart;
  readonly test: DatasetPart;
}

export const bytesOf = (numbers: Numbers): Uint8Array => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** SHA-256 over shapes, types, counts and all bytes: equal exactly where training sees the same numbers. */
export function fingerprintOf({ descriptor, train, test }: LoadedDataset): string {
  const columns = columnsOf(descriptor);
  const hash = createHash('sha256').update(JSON.stringify(columns.flatMap(({ shape, dtype, scale = 1, offset = 0 }) => [shape, dtype, scale, offset])));
  for (const part of [train, test]) {
    hash.update(`\n${part.count}\n`);
    for (const { key } of columns) hash.update(bytesOf(part.columns[key] as Numbers));
  }
  return hash.digest('hex');
}
