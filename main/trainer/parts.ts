// The dataset's rows for the engine: raw little-endian files that the main process prepared.

import { readFile } from 'node:fs/promises';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { columnsOf } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart, DatasetTensor } from '../../shared/datasets/descriptor.ts';
import type { PartFile } from '../../shared/protocol/trainer.ts';
import { sizeOf } from '../../shared/tensor/types.ts';

const arrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;

async function readNumbers(path: string, tensor: DatasetTensor, count: number): Promise<Uint8Array | Int32Array | Float32Array> {
  const bytes = await readFile(path);
  const array = arrays[tensor.dtype];
  const expected = count * sizeOf(tensor.shape) * array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== expected) {
    throw new NetwrightError({
      kind: 'data',
      code: 'prepared-size',
      where: path,
      message: `The prepared data in ${path} has ${bytes.byteLength} bytes, expected ${expected}. Delete the file; it is prepared again.`,
    });
  }
  return new array(bytes.buffer, bytes.byteOffset, bytes.byteLength / array.BYTES_PER_ELEMENT);
}

/** Reads one part. @throws NetwrightError where a file is not as long as it must be */
export async function readPart(dataset: DatasetDescriptor, { count, columns }: PartFile): Promise<DatasetPart> {
  const read = columnsOf(dataset).map(async (column) => [column.key, await readNumbers(columns[column.key] ?? '', column, count)] as const);
  return { count, columns: Object.fromEntries(await Promise.all(read)) };
}
