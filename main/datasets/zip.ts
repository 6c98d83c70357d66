// A zip file's entries, with bounds on everything it claims: names, number, ratio, total.

import { totalmem } from 'node:os';
import { openPromise, type ZipFile } from 'yauzl';
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

async function collect(zip: ZipFile, path: string): Promise<Map<string, Uint8Array>> {
  if (zip.entryCount > maximumEntries) throw dataError('zip-entries', path, `${path} has ${zip.entryCount} entries, at most ${maximumEntries} are read.`);
  const entries = new Map<string, Uint8Array>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize, compressedSize } = entry;
    total += uncompressedSize;
    if (entries.has(fileName)) throw dataError('zip-duplicate', path, `${path} holds “${fileName}” twice.`);
    if (uncompressedSize > ratioFreeBytes && uncompressedSize > maximumRatio * compressedSize)
      throw dataError(
        'zip-ratio',
        path,
        `${path}: “${fileName}” claims to unpack to ${uncompressedSize} bytes from ${compressedSize}, more than ${maximumRatio} times. Save it without such compression.`,
      );
    if (total > totalmem() / 2) throw dataError('zip-total', path, `${path} unpacks to ${total} bytes or more, over half of this machine's memory.`);
    const pieces: Uint8Array[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Uint8Array);
    entries.set(fileName, Buffer.concat(pieces));
  }
  return entries;
}

/** All entries by name. @throws NetwrightError of kind `data` */
export async function readZip(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await openZip(path);
  try {
    return await collect(zip, path);
  } catch (error) {
    if ((error as { kind?: string }).kind === 'data') throw error;
    throw dataError('zip-broken', path, `${path} cannot be unpacked: ${(error as Error).message}. Use a complete copy.`);
  } finally {
    zip.close();
  }
}
