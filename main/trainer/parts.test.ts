// Data on disk and in memory: what fits is kept, what does not is read when it is needed, with the same numbers.

import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { permutation } from '../../shared/lib/random.ts';
import { FileColumn } from './fileRows.ts';
import { readParts } from './parts.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

const dataset: DatasetDescriptor = {
  id: 'd',
  title: 'D',
  about: 'Made for this test.',
  task: 'classes',
  features: { name: 'x', shape: [3], dtype: 'float32' },
  moreFeatures: [{ name: 'z', shape: [2, 2], dtype: 'uint8' }],
  labels: { name: 'y', shape: [], dtype: 'int32' },
  samples: { train: 50, test: 4 },
  look: 'table',
  source: 'this test',
  licence: 'MIT',
  origin: 'file',
};
const numbers = (count: number) => ({
  'features/x': Float32Array.from({ length: count * 3 }, (_, i) => i / 7),
  'features/z': Uint8Array.from({ length: count * 4 }, (_, i) => i % 251),
  'labels/y': Int32Array.from({ length: count }, (_, i) => i * 3),
});

async function stored(part: string, count: number) {
  const columns = Object.entries(numbers(count)).map(async ([key, data]) => {
    const path = join(folder, `${part}-${key.replace('/', '-')}`);
    await writeFile(path, new Uint8Array(data.buffer));
    return [key, path] as const;
  });
  return { count, columns: Object.fromEntries(await Promise.all(columns)) };
}
const bothParts = async () => ({ train: await stored('train', 50), test: await stored('test', 4) });

describe('the rows of a dataset', () => {
  it.each([
    ['all in memory', Number.POSITIVE_INFINITY, ['features/x', 'features/z', 'labels/y']],
    ['the largest column streamed', 500, ['features/z', 'labels/y']],
    ['nothing in memory', 0, []],
  ])('are the same with %s', async (_, resident, kept) => {
    const { train, test } = await readParts(dataset, await bothParts(), { resident, ahead: 1000 });
    expect(Object.keys(train.columns)).toEqual(kept);
    expect([train.count, test.count]).toEqual([50, 4]);
    const rows = permutation(5, 50).subarray(0, 12);
    for (const [key, all] of Object.entries(numbers(50))) {
      const size = all.length / 50;
      const into = all.slice(0, rows.length * size);
      into.fill(0);
      train.rows.copy(key, rows, into);
      expect([...into]).toEqual([...rows].flatMap((row) => [...all.subarray(row * size, (row + 1) * size)]));
      expect(train.rows.resident(key)).toEqual((kept as readonly string[]).includes(key) ? all : null);
    }
    expect(() => train.rows.resident('features/none')).toThrow('no column “features/none”');
  });

  it('of a file that is too short are refused by name, streamed too', async () => {
    const parts = await bothParts();
    await truncate(parts.train.columns['features/x'] as string, 599);
    for (const resident of [Number.POSITIVE_INFINITY, 0])
      await expect(readParts(dataset, parts, { resident, ahead: 1000 })).rejects.toThrow(/train-features-x has 599 bytes, expected 600\. Delete the file/);
  });
});

describe('reading ahead', () => {
  it('holds no more than its limit, and what it holds needs no file', async () => {
    const { columns } = await stored('train', 50);
    const path = columns['features/x'] as string;
    const column = new FileColumn(path, 'float32', 3, 4 * 12);
    const rows = Int32Array.of(40, 7, 41, 7, 2, 9);
    await column.readAhead(rows);
    await truncate(path, 0);
    const into = new Float32Array(4 * 3);
    column.copy(rows.subarray(0, 4), into);
    expect([...into]).toEqual([40, 7, 41, 7].flatMap((row) => [...numbers(50)['features/x'].subarray(row * 3, row * 3 + 3)]));
    expect(() => column.copy(rows.subarray(4), new Float32Array(6))).toThrow('Row 3 of the prepared data could not be read: 0 of 12 bytes.');
    column.close();
  });
});
