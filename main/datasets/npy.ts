// One NumPy array as bytes. Numbers only: object arrays could carry code and are refused by name.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

import { dataError } from './dataError.ts';
import type { Numbers } from '../../shared/datasets/descriptor.ts';

export interface NpyArray {
  readonly shape: readonly number[];
  /** uint8 stays, other whole numbers become int32, floats float32. */
  readonly data: Numbers;
}

const maximumHeader = 10_000;
interface Reader {
  readonly bytes: number;
  readonly make: (count: number) => Numbers;
  read(view: DataView, at: number): number;
}

const int32 = (count: number): Numbers => new Int32Array(count);
const float32 = (count: number): Numbers => new Float32Array(count);
const uint8 = (count: number): Numbers => new Uint8Array(count);

const readers: Readonly<Record<string, Reader>> = {
  '|u1': { bytes: 1, make: uint8, read: (view, at) => view.getUint8(at) },
  '|b1': { bytes: 1, make: uint8, read: (view, at) => (view.getUint8(at) ? 1 : 0) },
  '|i1': { bytes: 1, make: int32, read: (view, at) => view.getInt8(at) },
  '<i2': { bytes: 2, make: int32, read: (view, at) => view.getInt16(at, true) },
  '<u2': { bytes: 2, make: int32, read: (view, at) => view.getUint16(at, true) },
  '<i4': { bytes: 4, make: int32, read: (view, at) => view.getInt32(at, true) },
  '<u4': { bytes: 4, make: int32, read: (view, at) => view.getUint32(at, true) },
  '<i8': { bytes: 8, make: int32, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<u8': { bytes: 8, make: int32, read: (view, at) => Number(view.getBigUint64(at, true)) },
  '<f4': { bytes: 4, make: float32, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, make: float32, read: (view, at) => view.getFloat64(at, true) },
};

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

function headerOf(bytes: Uint8Array, where: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY')
    throw dataError('npy-magic', where, `${where} is not a NumPy array: it does not start with \\x93NUMPY.`);
  const [begin, length] = view.getUint8(6) === 1 ? [10, view.getUint16(8, true)] : [12, bytes.length >= 12 ? view.getUint32(8, true) : 0];
  if (length > maximumHeader) throw dataError('npy-header', where, `${where}: its header claims ${length} bytes, expected at most ${maximumHeader}.`);
  if (begin + length > bytes.length)
    throw dataError('npy-truncated', where, `${where} is truncated: expected a header of ${begin + length} bytes, found ${bytes.length}.`);
  const text = Buffer.from(bytes.subarray(begin, begin + length)).toString('latin1');
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
    start: begin + length,
  };
}

/** Where element `index` of the row-major order lies in an array stored column by column. */
function fortranIndex(index: number, shape: readonly number[]): number {
  let rest = index;
  let at = 0;
  let size = shape.reduce((product, axis) => product * axis, 1);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    size /= extent;
    at += (rest % extent) * size;
    rest = Math.floor(rest / extent);
  }
  return at;
}

/** Decodes one array. @throws NetwrightError of kind `data` */
export function decodeNpy(bytes: Uint8Array, where: string): NpyArray {
  const { descr, fortran, shape, start } = headerOf(bytes, where);
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
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== count * reader.bytes)
    throw dataError(
      'npy-truncated',
      where,
      `${where}: the shape (${shape.join(', ')}) of type ${descr} needs ${count * reader.bytes} bytes, found ${bytes.length - start}.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * reader.bytes);
  const data = reader.make(count);
  for (let i = 0; i < count; i++) data[i] = reader.read(view, (fortran ? fortranIndex(i, shape) : i) * reader.bytes);
  return { shape, data };
}
