// Datasets as raw files in the cache, the form the trainer reads. Named by fingerprint, so that a change of data is another
// folder; an index by source spares unpacking again what has not changed.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { columnsOf } from '../../shared/datasets/columns.ts';
import { type DatasetDescriptor, datasetDescriptorSchema, type Numbers } from '../../shared/datasets/descriptor.ts';
import type { PartFile } from '../../shared/protocol/trainer.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { bytesOf, fingerprintOf, type LoadedDataset } from './loaded.ts';

export interface PreparedDataset {
  readonly descriptor: DatasetDescriptor;
  readonly fingerprint: string;
  readonly train: PartFile;
  readonly test: PartFile;
}

const indexSchema = z.object({ descriptor: datasetDescriptorSchema, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
const parts = ['train', 'test'] as const;
const itemBytes = { uint8: 1, int32: 4, float32: 4 } as const;

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
      if (found?.size !== files[part].count * sizeOf(shape) * itemBytes[dtype]) return false;
    }
  }
  return true;
}

/** Writes all parts into a folder that appears whole or not at all. */
export async function storePrepared(cache: string, loaded: LoadedDataset): Promise<PreparedDataset> {
  const prepared = located(cache, loaded.descriptor, fingerprintOf(loaded));
  if (await isWhole(prepared)) return prepared;
  const folder = join(cache, 'prepared', prepared.fingerprint);
  await mkdir(join(cache, 'prepared'), { recursive: true });
  const temporary = await mkdtemp(join(cache, 'prepared', '.new-'));
  const columns = columnsOf(loaded.descriptor);
  await Promise.all(
    parts.flatMap((part) => columns.map(({ key }, i) => writeFile(join(temporary, fileName(part, i)), bytesOf(loaded[part].columns[key] as Numbers)))),
  );
  await rm(folder, { recursive: true, force: true });
  // Another process may have put the same folder there meanwhile: its bytes are the same.
  await rename(temporary, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
    return rm(temporary, { recursive: true });
  });
  return prepared;
}

async function keyOf(name: string, sources: readonly string[]): Promise<string> {
  const stats = await Promise.all(sources.map(async (path) => [path, (await stat(path)).size, (await stat(path)).mtimeMs]));
  return createHash('sha256')
    .update(JSON.stringify([name, stats]))
    .digest('hex')
    .slice(0, 32);
}

async function indexed(cache: string, path: string): Promise<PreparedDataset | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const entry = indexSchema.safeParse(JSON.parse(text));
  if (!entry.success) return null;
  const prepared = located(cache, entry.data.descriptor, entry.data.fingerprint);
  return (await isWhole(prepared)) ? prepared : null;
}

/** The prepared form of what `load` reads from the source files; `name` tells apart different readings of the same files. */
export async function prepareFrom(cache: string, name: string, sources: readonly string[], load: () => Promise<LoadedDataset>): Promise<PreparedDataset> {
  const index = join(cache, 'prepared', 'index', `${await keyOf(name, sources)}.json`);
  const known = await indexed(cache, index);
  if (known) return known;
  const prepared = await storePrepared(cache, await load());
  await atomicWrite(index, JSON.stringify({ descriptor: prepared.descriptor, fingerprint: prepared.fingerprint }));
  return prepared;
}
