// A dataset with its numbers, whatever it was read from, and the fingerprint that a run records.

import { createHash } from 'node:crypto';
import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';

export interface LoadedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly train: DatasetPart;
  readonly test: DatasetPart;
}

export type Numbers = Uint8Array | Int32Array | Float32Array;
export const bytesOf = (numbers: Numbers): Uint8Array => new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** SHA-256 over shapes, types, counts and all bytes: equal exactly where training sees the same numbers. */
export function fingerprintOf({ descriptor, train, test }: LoadedDataset): string {
  const { features, labels } = descriptor;
  const hash = createHash('sha256').update(
    JSON.stringify([
      features.shape,
      features.dtype,
      features.scale ?? 1,
      features.offset ?? 0,
      labels.shape,
      labels.dtype,
      labels.scale ?? 1,
      labels.offset ?? 0,
    ]),
  );
  for (const part of [train, test]) hash.update(`\n${part.count}\n`).update(bytesOf(part.features)).update(bytesOf(part.labels));
  return hash.digest('hex');
}
