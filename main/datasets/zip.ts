// A zip file's entries, with bounds on everything it claims: names, number, ratio, total.

import { totalmem } from 'node:os';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { NetwrightError } from '../../shared/lib/errors.ts';
import { dataError } from './dataError.ts';

const maximumEntries = 10_000;
const maximumRatio = 100;
const ratioFreeBytes = 1024 * 1024;

async function openZip(path: string): Promise<ZipFile> {
  try {
    // The library refuses absolute names and those that lead out of the folder, and sizes that lie.
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? dataError('file-missing', path, `There is no file ${path}. Check the name.`)
      : dataError('zip-broken', path, `${path} is not a whole zip file: ${(error as Error).message}. Use a complete copy.`);
  }
}

/** One entry, its bytes not read yet. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked bytes, as the file claims; a stream that gives others fails. */
  readonly size: number;
  stream(): Promise<AsyncIterable<Uint8Array>>;
}

export interface ZipLimits {
  /** Unpacked bytes of all entries together. */
  readonly total: number;
  refuse(total: number): NetwrightError;
}

const memoryFor = (path: string): ZipLimits => ({
  total: totalmem() / 2,
  refuse: (total) => dataError('zip-total', path, `${path} unpacks to ${total} bytes or more, over half of this machine's memory.`),
});

function checkEntry({ fileName, uncompressedSize, compressedSize }: Entry, path: string): void {
  if (uncompressedSize > ratioFreeBytes && uncompressedSize > maximumRatio * compressedSize)
    throw dataError(
      'zip-ratio',
      path,
      `${path}: “${fileName}” claims to unpack to ${uncompressedSize} bytes from ${compressedSize}, more than ${maximumRatio} times. Save it without such compression.`,
    );
}

/** An entry's bytes; refused at their end where they are others than were packed. */
async function* checked(stream: AsyncIterable<Uint8Array>, { fileName, crc32: packed }: Entry, path: string): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const piece of stream) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== packed)
    throw dataError(
      'zip-checksum',
      path,
      `${path} cannot be unpacked: the bytes of “${fileName}” do not have the checksum that it names. Use a complete copy.`,
    );
}

async function visit(zip: ZipFile, path: string, limits: ZipLimits, each: (entry: ZipEntry) => Promise<void>): Promise<void> {
  if (zip.entryCount > maximumEntries) throw dataError('zip-entries', path, `${path} has ${zip.entryCount} entries, at most ${maximumEntries} are read.`);
  const names = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize: size } = entry;
    total += size;
    if (names.has(name)) throw dataError('zip-duplicate', path, `${path} holds “${name}” twice.`);
    names.add(name);
    checkEntry(entry, path);
    if (total > limits.total) throw limits.refuse(total);
    await each({ name, size, stream: async () => checked(await zip.openReadStreamPromise(entry), entry, path) });
  }
}

/** One entry after another. @throws NetwrightError of kind `data`; what `each` throws of its own kind passes */
export async function eachEntry(path: string, limits: ZipLimits, each: (entry: ZipEntry) => Promise<void>): Promise<void> {
  const zip = await openZip(path);
  try {
    await visit(zip, path, limits, each);
  } catch (error) {
    // A full disk is no fault of the archive.
    if ((error as { kind?: string }).kind === 'data' || (error as NodeJS.ErrnoException).syscall === 'write') throw error;
    throw dataError('zip-broken', path, `${path} cannot be unpacked: ${(error as Error).message}. Use a complete copy.`);
  } finally {
    zip.close();
  }
}

/** All entries by name, in memory. @throws NetwrightError of kind `data` */
export async function readZip(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  await eachEntry(path, memoryFor(path), async ({ name, stream }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of await stream()) pieces.push(piece);
    entries.set(name, Buffer.concat(pieces));
  });
  return entries;
}
