// IDX files (the format of MNIST): a magic number, the sizes of the axes, unsigned bytes. Gzipped or not.
// Format: http://yann.lecun.com/exdb/mnist

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dataError } from './dataError.ts';

export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const maximumBytes = 1024 * 1024 * 1024;
const hex = (bytes: Uint8Array): string => (bytes.length === 0 ? 'nothing' : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));

/** The unpacked bytes of a gzip file; others as they are. @throws NetwrightError where the packing is broken */
export async function unpack(bytes: Uint8Array, where: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maximumBytes });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw dataError('idx-too-large', where, `${where} unpacks to more than ${maximumBytes} bytes. No IDX file that Netwright reads is so large.`);
    const reason = code === 'Z_BUF_ERROR' ? `it ends too early, after ${bytes.length} packed bytes` : 'its packed bytes are damaged';
    throw dataError('idx-gzip', where, `${where} cannot be unpacked: ${reason}. Use a complete copy of the file.`);
  }
}

/** Decodes unpacked bytes. @throws NetwrightError that names the file, expected and found */
function decodeIdx(bytes: Uint8Array, where: string): IdxFile {
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || axes < 1 || axes > 4) {
    throw dataError(
      'idx-magic',
      where,
      `${where} is not an IDX file of unsigned bytes: expected it to start with 00 00 08 and the number of axes (01 to 04), found ${hex(bytes.subarray(0, 4))}. Check that it is the right file.`,
    );
  }
  const header = 4 + 4 * axes;
  if (bytes.length < header)
    throw dataError(
      'idx-truncated',
      where,
      `${where} is truncated: expected a header of ${header} bytes, found ${bytes.length}. Use a complete copy of the file.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = header + shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    const what = bytes.length < expected ? 'is truncated' : 'is longer than its header says';
    throw dataError(
      'idx-truncated',
      where,
      `${where} ${what}: its header announces ${shape.join(' × ')} values, so expected ${expected} bytes, found ${bytes.length}. Use a complete copy of the file.`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

/** Reads and decodes one file. */
export async function readIdx(path: string): Promise<IdxFile> {
  return decodeIdx(await unpack(await readFile(path), path), path);
}
