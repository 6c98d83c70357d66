// Datasets as raw files in the cache, the form the trainer reads. Named by fingerprint, so that a change of data is another
// folder; an index by source spares unpacking again what has not changed.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, link, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { columnsOf } from '../../shared/datasets/columns.ts';
import { type DatasetDescriptor, datasetDescriptorSchema, type Numbers } from '../../shared/datasets/descriptor.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { PartFile } from '../../shared/protocol/trainer.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { atomicWrite, makeFolder } from '../files/atomicWrite.ts';
import type { LoadedDataset } from './loaded.ts';
import { type NumbersFile, numberBytes, pieceBytes, writeNumbers } from './numbersFile.ts';

export interface PreparedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly fingerprint: string;
  readonly train: PartFile;
  readonly test: PartFile;
}

const indexSchema = z.object({ descriptor: datasetDescriptorSchema, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
const parts = ['train', 'test'] as const;
const temporaryName = '.new-';

/** A column's name may hold anything: files are counted instead. */
const fileName = (part: (typeof parts)[number], column: number): string => `${part}.${column}`;

function located(cache: string, descriptor: DatasetDescriptor, fingerprint: string): PreparedDataset {
  const folder = join(cache, 'prepared', fingerprint);
  const file = (part: (typeof parts)[number]): PartFile => ({
    count: descriptor.samples[part],
    columns: Object.fromEntries(columnsOf(descriptor).map(({ key }, i) => [key, join(folder, fileName(part, i))])),
  });
  return { descriptor, fingerprint, train: file('train'), test: file('test') };
}

/** Whether all files are there in their full length. */
async function isWhole({ descriptor, ...files }: PreparedDataset): Promise<boolean> {
  for (const part of parts) {
    for (const { key, shape, dtype } of columnsOf(descriptor)) {
      const found = await stat(files[part].columns[key] as string).catch(() => null);
      if (found?.size !== files[part].count * sizeOf(shape) * numberBytes(dtype)) return false;
    }
  }
  return true;
}

/** Numbers by column, in files. */
export interface WrittenPart {
  readonly count: number;
  readonly columns: Readonly<Record<string, NumbersFile>>;
}
/** A dataset whose numbers lie in files of a folder that is to become its own. */
export interface WrittenDataset {
  readonly descriptor: DatasetDescriptor;
  readonly train: WrittenPart;
  readonly test: WrittenPart;
}

/** SHA-256 over shapes, types, counts and all bytes: equal exactly where training sees the same numbers. */
async function fingerprintOf(written: WrittenDataset): Promise<string> {
  const columns = columnsOf(written.descriptor);
  const hash = createHash('sha256').update(JSON.stringify(columns.flatMap(({ shape, dtype, scale = 1, offset = 0 }) => [shape, dtype, scale, offset])));
  for (const part of parts) {
    hash.update(`\n${written[part].count}\n`);
    for (const { key } of columns)
      for await (const piece of createReadStream((written[part].columns[key] as NumbersFile).path, { highWaterMark: pieceBytes }))
        hash.update(piece as Uint8Array);
  }
  return hash.digest('hex');
}

/** Gives each column's file its name in the folder, and drops what no column needs. Two columns may be the same file. */
async function nameFiles(folder: string, written: WrittenDataset): Promise<void> {
  const columns = columnsOf(written.descriptor);
  const kept = new Set<string>();
  for (const part of parts)
    for (const [i, { key }] of columns.entries()) {
      const [from, to] = [(written[part].columns[key] as NumbersFile).path, join(folder, fileName(part, i))];
      await link(from, to).catch(() => copyFile(from, to));
      kept.add(fileName(part, i));
    }
  for (const name of await readdir(folder)) if (!kept.has(name)) await rm(join(folder, name));
}

/** What a process that was killed left behind a day ago or more. */
async function removeLeftovers(prepared: string): Promise<void> {
  for (const name of (await readdir(prepared)).filter((one) => one.startsWith(temporaryName))) {
    const age = Date.now() - (await stat(join(prepared, name)).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > 24 * 3600 * 1000) await rm(join(prepared, name), { recursive: true, force: true });
  }
}

async function place(cache: string, folder: string, written: WrittenDataset): Promise<PreparedDataset> {
  const prepared = located(cache, written.descriptor, await fingerprintOf(written));
  if (await isWhole(prepared)) return prepared;
  const own = join(cache, 'prepared', prepared.fingerprint);
  await nameFiles(folder, written);
  await rm(own, { recursive: true, force: true });
  // Another process may have put the same folder there meanwhile: its bytes are the same.
  await rename(folder, own).catch((error: unknown) => {
    if (!existsSync(own)) throw error;
  });
  return prepared;
}

/** A full or locked cache is no fault of the data. */
function notWritten(error: unknown, cache: string): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof NetwrightError || !['write', 'mkdir', 'mkdtemp', 'rename'].includes(syscall ?? '')) return error;
  const what =
    code === 'ENOSPC'
      ? `The data could not be prepared in ${cache}: the disk is full. Make room there, or set NETWRIGHT_HOME to another folder.`
      : `The data could not be prepared in ${cache}: ${message}. Check who may write there, or set NETWRIGHT_HOME to another folder.`;
  return new NetwrightError({ kind: 'work', code: 'cache-unwritable', where: cache, message: what });
}

/** Lets `write` put a dataset's numbers into a folder, which then appears whole among the prepared ones, or not at all. */
async function storeWritten(cache: string, write: (folder: string) => Promise<WrittenDataset>): Promise<PreparedDataset> {
  let folder: string | null = null;
  try {
    await makeFolder(join(cache, 'prepared'));
    await removeLeftovers(join(cache, 'prepared'));
    folder = await mkdtemp(join(cache, 'prepared', temporaryName));
    return await place(cache, folder, await write(folder));
  } catch (error) {
    throw notWritten(error, cache);
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** A dataset in memory, as files. */
async function writeLoaded({ descriptor, ...loaded }: LoadedDataset, folder: string): Promise<WrittenDataset> {
  const part = async (name: (typeof parts)[number]): Promise<WrittenPart> => {
    const { count, columns } = loaded[name];
    const files = columnsOf(descriptor).map(async ({ key, dtype }, i) => [
      key,
      await writeNumbers(join(folder, `${name}-${i}`), dtype, [columns[key] as Numbers]),
    ]);
    return { count, columns: Object.fromEntries(await Promise.all(files)) as Record<string, NumbersFile> };
  };
  return { descriptor, train: await part('train'), test: await part('test') };
}
export const storePrepared = (cache: string, loaded: LoadedDataset): Promise<PreparedDataset> => storeWritten(cache, (folder) => writeLoaded(loaded, folder));

async function keyOf(name: string, sources: readonly string[]): Promise<string> {
  const stats = await Promise.all(sources.map(async (path) => [path, (await stat(path)).size, (await stat(path)).mtimeMs]));
  return createHash('sha256')
    .update(JSON.stringify([name, stats]))
    .digest('hex')
    .slice(0, 32);
}

/** What a damaged index says is nothing: it is made again. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function indexed(cache: string, path: string): Promise<PreparedDataset | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const entry = indexSchema.safeParse(parsed(text ?? ''));
  if (!entry.success) return null;
  const prepared = located(cache, entry.data.descriptor, entry.data.fingerprint);
  return (await isWhole(prepared)) ? prepared : null;
}

/** The prepared form of what `write` reads from the source files; `name` tells apart different readings of the same files. */
export async function prepareFrom(
  cache: string,
  name: string,
  sources: readonly string[],
  write: (folder: string) => Promise<WrittenDataset>,
): Promise<PreparedDataset> {
  const index = join(cache, 'prepared', 'index', `${await keyOf(name, sources)}.json`);
  const known = await indexed(cache, index);
  if (known) return known;
  const prepared = await storeWritten(cache, write);
  await atomicWrite(index, JSON.stringify({ descriptor: prepared.descriptor, fingerprint: prepared.fingerprint }));
  return prepared;
}

/** The same for what is read into memory. */
export const prepareLoaded = (cache: string, name: string, sources: readonly string[], load: () => Promise<LoadedDataset>): Promise<PreparedDataset> =>
  prepareFrom(cache, name, sources, async (folder) => writeLoaded(await load(), folder));
