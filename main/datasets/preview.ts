// A few samples to look at, read straight from the prepared files.

import { open } from 'node:fs/promises';
import type { DatasetTensor } from '../../shared/datasets/descriptor.ts';
import type { DatasetPreview } from '../../shared/protocol/contract.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import type { PreparedDataset } from './prepared.ts';

const arrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;

/** Rows of one file, scaled as the program scales them. */
async function readRows(path: string, { shape, dtype, scale = 1, offset = 0 }: DatasetTensor, from: number, count: number): Promise<number[][]> {
  const size = sizeOf(shape);
  const numbers = new arrays[dtype](count * size);
  const file = await open(path, 'r');
  try {
    await file.read(new Uint8Array(numbers.buffer), 0, numbers.byteLength, from * size * numbers.BYTES_PER_ELEMENT);
  } finally {
    await file.close();
  }
  return Array.from({ length: count }, (_, row) => Array.from(numbers.subarray(row * size, (row + 1) * size), (value) => value * scale + offset));
}

/** Samples `offset` to `offset + count` of a part; fewer where it ends. */
export async function previewOf(prepared: PreparedDataset, part: 'train' | 'test', offset: number, count: number): Promise<DatasetPreview> {
  const file = prepared[part];
  const shown = Math.max(0, Math.min(count, file.count - offset));
  const { features, labels } = prepared.descriptor;
  const rowsOf = (key: string, tensor: DatasetTensor) => readRows(file.columns[key] as string, tensor, offset, shown);
  return {
    indices: Array.from({ length: shown }, (_, i) => offset + i),
    features: await rowsOf(`features/${features.name}`, features),
    labels: await rowsOf(`labels/${labels.name}`, labels),
  };
}
