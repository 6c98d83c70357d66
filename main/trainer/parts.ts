// The dataset's rows for the engine: raw little-endian files that the main process prepared, in memory where they fit.

import { open, stat } from 'node:fs/promises';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { columnsOf } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart, DatasetTensor } from '../../shared/datasets/descriptor.ts';
import type { PartFile } from '../../shared/protocol/trainer.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { type DataMemory, dataMemory } from '../files/dataMemory.ts';
import { FileColumn } from './fileRows.ts';
import { ResidentRows, type Rows, StreamedRows } from './rows.ts';

export const arrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;

/** Bytes in one call: the system reads no more than 2 GiB at once. */
const PIECE = 2 ** 28;

async function readWhole(path: string, into: Uint8Array): Promise<void> {
  const file = await open(path, 'r');
  try {
    for (let at = 0; at < into.length; ) {
      const { bytesRead } = await file.read(into, at, Math.min(PIECE, into.length - at), at);
      if (bytesRead === 0) throw wrongSize(path, at, into.length);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function readNumbers(file: ColumnFile): Promise<Uint8Array | Int32Array | Float32Array> {
  await checkSize(file);
  const { column, count, path } = file;
  const numbers = new arrays[column.dtype](count * sizeOf(column.shape));
  await readWhole(path, new Uint8Array(numbers.buffer));
  return numbers;
}

/** A part with the columns that are in memory, and rows of all of them. */
export interface LoadedPart extends DatasetPart {
  readonly rows: Rows;
  /** Keys of the columns that stay on disk. */
  readonly streamed: readonly string[];
}
interface ColumnFile {
  readonly column: DatasetTensor & { readonly key: string };
  readonly part: 'train' | 'test';
  readonly path: string;
  readonly count: number;
}
const bytesOf = ({ column, count }: ColumnFile): number => count * sizeOf(column.shape) * arrays[column.dtype].BYTES_PER_ELEMENT;

/** What fits into memory, smallest first: so labels are there even where pictures are not. */
function fitting(files: readonly ColumnFile[], limit: number): ReadonlySet<ColumnFile> {
  let left = limit;
  return new Set(
    [...files]
      .sort((a, b) => bytesOf(a) - bytesOf(b))
      .filter((file) => {
        left -= bytesOf(file);
        return left >= 0;
      }),
  );
}

async function checkSize(file: ColumnFile): Promise<void> {
  const { size } = await stat(file.path);
  if (size !== bytesOf(file)) throw wrongSize(file.path, size, bytesOf(file));
}

/** Both parts, in memory as far as they fit, streamed from disk else. @throws NetwrightError where a file is not as long as it must be */
export async function readParts(
  dataset: DatasetDescriptor,
  parts: Readonly<Record<'train' | 'test', PartFile>>,
  { resident, ahead }: DataMemory = dataMemory(),
): Promise<Record<'train' | 'test', LoadedPart>> {
  const files = (['train', 'test'] as const).flatMap((part) =>
    columnsOf(dataset).map((column): ColumnFile => ({ column, part, path: parts[part].columns[column.key] ?? '', count: parts[part].count })),
  );
  const kept = fitting(files, resident);
  const load = async (part: 'train' | 'test'): Promise<LoadedPart> => {
    const own = files.filter((file) => file.part === part);
    const inMemory = own.filter((file) => kept.has(file)).map(async (file) => [file.column.key, await readNumbers(file)] as const);
    const columns = Object.fromEntries(await Promise.all(inMemory));
    const streamed = own.filter((file) => !kept.has(file));
    await Promise.all(streamed.map(checkSize));
    const onDisk = streamed.map(({ column, path }) => [column.key, new FileColumn(path, column.dtype, sizeOf(column.shape), ahead)] as const);
    const { count } = parts[part];
    return {
      count,
      columns,
      streamed: onDisk.map(([key]) => key),
      rows: onDisk.length > 0 ? new StreamedRows({ count, columns }, new Map(onDisk)) : new ResidentRows({ count, columns }),
    };
  };
  const [train, test] = await Promise.all([load('train'), load('test')]);
  return { train, test };
}

const wrongSize = (path: string, found: number, expected: number): NetwrightError =>
  new NetwrightError({
    kind: 'data',
    code: 'prepared-size',
    where: path,
    message: `The prepared data in ${path} has ${found} bytes, expected ${expected}. Delete the file; it is prepared again.`,
  });
