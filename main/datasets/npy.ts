// One NumPy array as a stream of bytes. Numbers only: object arrays could carry code and are refused by name.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

import { dataError } from './dataError.ts';
import type { Numbers } from '../../shared/datasets/descriptor.ts';
import { type NumbersFile, type NumberType, rowMajor, writeNumbers } from './numbersFile.ts';

export interface NpyArray {
  readonly shape: readonly number[];
  readonly numbers: NumbersFile;
}

const maximumHeader = 10_000;
interface Reader {
  readonly bytes: number;
  /** uint8 stays, other whole numbers become int32, floats float32. */
  readonly dtype: NumberType;
  /** @param bytes whole numbers, at the beginning of a buffer of their own; what has no place in our type becomes NaN */
  read(bytes: Uint8Array): Numbers | Float64Array;
}

/** Each number of an array through a function; what int32 cannot hold is told as NaN. */
const each = (from: ArrayLike<number>, count: number, value: (i: number) => number): Float64Array => {
  const into = new Float64Array(count);
  for (let i = 0; i < count; i++) into[i] = value(i);
  return from.length === 0 ? into.subarray(0, 0) : into;
};
const small = (value: number): number => (value < 2 ** 31 ? value : Number.NaN);

/** Eight bytes a number: two halves, the lower first. @param fits whether the upper one says nothing that the lower does not */
const halves = (bytes: Uint8Array, fits: (low: number, high: number) => boolean): Float64Array => {
  const parts = new Int32Array(bytes.buffer, 0, bytes.length / 4);
  return each(parts, parts.length / 2, (i) => {
    const [low, high] = [parts[2 * i] as number, parts[2 * i + 1] as number];
    return fits(low, high) ? low : Number.NaN;
  });
};

const readers: Readonly<Record<string, Reader>> = {
  '|u1': { bytes: 1, dtype: 'uint8', read: (bytes) => bytes },
  '|b1': { bytes: 1, dtype: 'uint8', read: (bytes) => bytes.map((byte) => Math.min(byte, 1)) },
  '|i1': { bytes: 1, dtype: 'int32', read: ({ buffer, length }) => Int32Array.from(new Int8Array(buffer, 0, length)) },
  '<i2': { bytes: 2, dtype: 'int32', read: ({ buffer, length }) => Int32Array.from(new Int16Array(buffer, 0, length / 2)) },
  '<u2': { bytes: 2, dtype: 'int32', read: ({ buffer, length }) => Int32Array.from(new Uint16Array(buffer, 0, length / 2)) },
  '<i4': { bytes: 4, dtype: 'int32', read: ({ buffer, length }) => new Int32Array(buffer, 0, length / 4) },
  '<u4': {
    bytes: 4,
    dtype: 'int32',
    read: ({ buffer, length }) => {
      const all = new Uint32Array(buffer, 0, length / 4);
      return each(all, all.length, (i) => small(all[i] as number));
    },
  },
  '<i8': { bytes: 8, dtype: 'int32', read: (bytes) => halves(bytes, (low, high) => high === low >> 31) },
  '<u8': { bytes: 8, dtype: 'int32', read: (bytes) => halves(bytes, (low, high) => high === 0 && low >= 0) },
  '<f4': { bytes: 4, dtype: 'float32', read: ({ buffer, length }) => new Float32Array(buffer, 0, length / 4) },
  '<f8': { bytes: 8, dtype: 'float32', read: ({ buffer, length }) => Float32Array.from(new Float64Array(buffer, 0, length / 8)) },
};

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

/** How many bytes the header takes, said in its first twelve. @throws NetwrightError where it is none */
function headerLength(bytes: Uint8Array, where: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY')
    throw dataError('npy-magic', where, `${where} is not a NumPy array: it does not start with \\x93NUMPY.`);
  const [begin, length] = view.getUint8(6) === 1 ? [10, view.getUint16(8, true)] : [12, bytes.length >= 12 ? view.getUint32(8, true) : 0];
  if (length > maximumHeader) throw dataError('npy-header', where, `${where}: its header claims ${length} bytes, expected at most ${maximumHeader}.`);
  return begin + length;
}

function headerOf(bytes: Uint8Array, where: string): Header {
  const start = headerLength(bytes, where);
  if (start > bytes.length) throw dataError('npy-truncated', where, `${where} is truncated: expected a header of ${start} bytes, found ${bytes.length}.`);
  const text = Buffer.from(bytes.subarray(0, start)).toString('latin1');
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (fortran === undefined || shape === undefined || descr === undefined)
    throw dataError(
      'npy-header',
      where,
      `${where}: its header does not say type, order and shape of plain numbers. Save arrays of numbers, not of records or objects.`,
    );
  return {
    descr,
    fortran: fortran === 'True',
    shape: shape
      .split(',')
      .map((size) => size.trim())
      .filter((size) => size !== '')
      .map(Number),
    start,
  };
}

const sizeOf = ({ shape }: Header): number => shape.reduce((product, size) => product * size, 1);

/** @param size bytes in all, as the archive says @throws NetwrightError for types that are no numbers, and for a shape that these bytes do not fill */
function readerFor(header: Header, size: number, where: string): Reader {
  const { descr, shape, start } = header;
  if (descr.includes('O'))
    throw dataError(
      'npy-object',
      where,
      `${where} holds Python objects (type ${descr}), which could carry code. Save it as numbers, for example with .astype("float32").`,
    );
  const reader = readers[descr];
  if (!reader)
    throw dataError(
      'npy-type',
      where,
      `${where} has the type ${descr}; whole numbers, float32 and float64 (little-endian) can be read. Convert it, for example with .astype("float32").`,
    );
  if (size - start !== sizeOf(header) * reader.bytes)
    throw dataError(
      'npy-truncated',
      where,
      `${where}: the shape (${shape.join(', ')}) of type ${descr} needs ${sizeOf(header) * reader.bytes} bytes, found ${size - start}.`,
    );
  return reader;
}

/** The bytes of a stream, the first piece at least as long as a header can be. */
async function* withHead(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    if (length > maximumHeader + 12) yield piece;
    else {
      head.push(piece);
      length += piece.length;
      if (length > maximumHeader + 12) yield Buffer.concat(head);
    }
  }
  if (length <= maximumHeader + 12) yield Buffer.concat(head);
}

/** Whole numbers of `bytes` bytes each, copied so that each piece begins at the beginning of a buffer. */
async function* wholeNumbers(pieces: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array();
  for await (const piece of pieces) {
    const joined = new Uint8Array(rest.length + piece.length);
    joined.set(rest);
    joined.set(piece, rest.length);
    const whole = joined.length - (joined.length % bytes);
    rest = joined.slice(whole);
    if (whole > 0) yield joined.subarray(0, whole);
  }
}

/** Names the sample in which a number stands that cannot be learned from. */
function refuseNumber(at: number, header: Header, { dtype }: Reader, where: string): never {
  const [rows = 1] = header.shape;
  const sample = 1 + (header.fortran ? at % rows : Math.floor(at / Math.max(1, sizeOf(header) / rows)));
  throw dtype === 'float32'
    ? dataError(
        'npy-nan',
        where,
        `${where}: sample ${sample} holds a value that is no finite number (NaN, infinite, or too large for float32). Replace such values, or leave out their samples.`,
      )
    : dataError(
        'npy-range',
        where,
        `${where}: sample ${sample} holds a whole number outside of -2147483648 to 2147483647. Save the array with .astype("float32").`,
      );
}

async function* numbersIn(pieces: AsyncIterable<Uint8Array>, header: Header, reader: Reader, where: string): AsyncGenerator<Numbers> {
  let done = 0;
  for await (const bytes of wholeNumbers(pieces, reader.bytes)) {
    const numbers = reader.read(bytes);
    const wrong = reader.dtype === 'uint8' ? -1 : numbers.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) refuseNumber(done + wrong, header, reader, where);
    yield numbers instanceof Float64Array ? Int32Array.from(numbers) : numbers;
    done += numbers.length;
  }
}

/** The pieces after the header. */
async function* after(start: number, first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first.subarray(start);
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

export interface NpyStream {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Bytes in all. */
  readonly size: number;
  /** How it is called in refusals. */
  readonly where: string;
}

/**
 * Decodes one array into a file, row-major.
 * @param path the file to write; null: only looks whether the array is one that can be read
 * @param limit bytes that may be held where the order has to be turned
 * @throws NetwrightError of kind `data`
 */
export async function decodeNpy({ stream, size, where }: NpyStream, path: string | null, limit: number): Promise<NpyArray | null> {
  const pieces = withHead(stream)[Symbol.asyncIterator]();
  try {
    const { value: first = new Uint8Array() } = (await pieces.next()) as { value?: Uint8Array };
    const header = headerOf(first, where);
    const reader = readerFor(header, size, where);
    if (path === null) return null;
    const { shape, fortran } = header;
    const numbers = await writeNumbers(path, reader.dtype, numbersIn(after(header.start, first, pieces), header, reader, where));
    if (!fortran || shape.length < 2) return { shape, numbers };
    return { shape, numbers: await writeNumbers(`${path}.rows`, reader.dtype, rowMajor(numbers, shape, limit)) };
  } finally {
    await pieces.return?.(undefined);
  }
}
