// A dataset with its numbers in memory, whatever it was read from.

import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';

export interface LoadedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly train: DatasetPart;
  readonly test: DatasetPart;
}
