// The numbers of one column as a file: written and read piece by piece, so that memory holds no more than a piece, whatever the size.
// Row-major, little-endian, as the trainer reads them.

import { type FileHandle, open } from 'node:fs/promises';
import type { DatasetTensor, Numbers } from '../../shared/datasets/descriptor.ts';

export type NumberType = DatasetTensor['dtype'];
/** Some numbers in a file. */
export interface NumbersFile {
  readonly path: string;
  readonly dtype: NumberType;
  readonly count: number;
}

/** Bytes in memory at a time. */
export const pieceBytes = 1024 * 1024;
export const numberArrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;
export const numberBytes = (dtype: NumberType): number => numberArrays[dtype].BYTES_PER_ELEMENT;

/** Writes numbers one after another. Close it in any case. */
export class NumbersWriter {
  private readonly file: FileHandle;
  private readonly path: string;
  private readonly dtype: NumberType;
  private count = 0;

  private constructor(file: FileHandle, path: string, dtype: NumberType) {
    this.file = file;
    this.path = path;
    this.dtype = dtype;
  }

  static async create(path: string, dtype: NumberType): Promise<NumbersWriter> {
    return new NumbersWriter(await open(path, 'wx'), path, dtype);
  }

  async add(numbers: Numbers): Promise<void> {
    await this.file.writeFile(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    this.count += numbers.length;
  }

  async close(): Promise<NumbersFile> {
    await this.file.close();
    return { path: this.path, dtype: this.dtype, count: this.count };
  }
}

/** Writes what `pieces` gives. The pieces are written before the next is asked for: they may be the same array again. */
export async function writeNumbers(path: string, dtype: NumberType, pieces: AsyncIterable<Numbers> | Iterable<Numbers>): Promise<NumbersFile> {
  const writer = await NumbersWriter.create(path, dtype);
  let whole = false;
  try {
    for await (const piece of pieces) await writer.add(piece);
    whole = true;
  } finally {
    if (!whole) await writer.close();
  }
  return writer.close();
}

/** All numbers of a file in order, and where each piece begins. A piece is valid until the next is asked for. */
export async function* piecesOf({ path, dtype, count }: NumbersFile): AsyncGenerator<{ readonly start: number; readonly numbers: Numbers }> {
  const file = await open(path, 'r');
  try {
    const room = new numberArrays[dtype](Math.min(count, pieceBytes / numberBytes(dtype)));
    for (let start = 0; start < count; start += room.length) {
      const numbers = room.subarray(0, Math.min(room.length, count - start));
      await readInto(file, numbers, start);
      yield { start, numbers };
    }
  } finally {
    await file.close();
  }
}

/** Fills an array from place `start` on. @throws Error where the file ends before */
export async function readInto(file: FileHandle, numbers: Numbers, start: number): Promise<void> {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, start * numbers.BYTES_PER_ELEMENT + at);
    if (bytesRead === 0) throw new Error(`The prepared file ends early, after ${at} of ${bytes.length} bytes.`);
    at += bytesRead;
  }
}

/** All numbers of a file that is known to be small. */
export async function readNumbers(file: NumbersFile): Promise<Numbers> {
  const all = new numberArrays[file.dtype](file.count);
  for await (const { start, numbers } of piecesOf(file)) all.set(numbers, start);
  return all;
}

/** The place and value of the first number that is not as it should be; null where all are. */
export async function firstNot(file: NumbersFile, isRight: (value: number) => boolean): Promise<{ readonly at: number; readonly value: number } | null> {
  for await (const { start, numbers } of piecesOf(file)) {
    const wrong = numbers.findIndex((value) => !isRight(value));
    if (wrong >= 0) return { at: start + wrong, value: numbers[wrong] as number };
  }
  return null;
}

/**
 * An array that is stored column by column (Fortran's order), row by row. Reads short runs from all over the file: as many rows at a time as
 * fit into `limit` bytes.
 * @param shape all axes, samples first
 */
export async function* rowMajor({ path, dtype, count }: NumbersFile, shape: readonly number[], limit: number): AsyncGenerator<Numbers> {
  const rows = shape[0] ?? 1;
  const width = rows === 0 ? 0 : count / rows;
  const step = Math.max(1, Math.min(rows, Math.floor(limit / (2 * numberBytes(dtype) * Math.max(1, width)))));
  const file = await open(path, 'r');
  try {
    for (let first = 0; first < rows; first += step) yield await turned(file, new numberArrays[dtype](Math.min(step, rows - first) * width), first, shape);
  } finally {
    await file.close();
  }
}

/** Fills `into` with whole rows from `first` on. */
async function turned(file: FileHandle, into: Numbers, first: number, [rows = 1, ...axes]: readonly number[]): Promise<Numbers> {
  const width = axes.reduce((product, size) => product * size, 1);
  const some = into.length / width;
  const run = into.slice(0, some);
  for (let column = 0; column < width; column++) {
    const place = fortranPlace(column, axes);
    await readInto(file, run, first + place * rows);
    for (let row = 0; row < some; row++) into[row * width + column] = run[row] as number;
  }
  return into;
}

/** Where the element at `index` of the row-major order stands in the column-major one. */
function fortranPlace(index: number, axes: readonly number[]): number {
  let rest = index;
  let size = axes.reduce((product, axis) => product * axis, 1);
  let place = 0;
  for (const extent of axes.toReversed()) {
    size /= extent;
    place += (rest % extent) * size;
    rest = Math.floor(rest / extent);
  }
  return place;
}
