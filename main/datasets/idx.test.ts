import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { findImageSet, imageSetFiles, readImageSet } from './imageSet.ts';
import { readIdx } from './idx.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

/** An IDX file of these sizes, filled with 0, 1, 2, … modulo `modulo`. */
function idx(shape: readonly number[], modulo = 10): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => void header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, Buffer.from({ length: shape.reduce((a, b) => a * b, 1) }).map((_, i) => i % modulo)]);
}

const broken: readonly [string, Buffer, string, string][] = [
  [
    'nothing',
    Buffer.alloc(0),
    'idx-magic',
    'is not an IDX file of unsigned bytes: expected it to start with 00 00 08 and the number of axes (01 to 04), found nothing. Check that it is the right file.',
  ],
  ['garbage', Buffer.from('<html>Not found</html>'), 'idx-magic', 'found 3c 68 74 6d.'],
  ['floats', Buffer.from([0, 0, 0x0d, 1, 0, 0, 0, 0]), 'idx-magic', 'found 00 00 0d 01.'],
  ['no axes', Buffer.from([0, 0, 8, 0]), 'idx-magic', 'found 00 00 08 00.'],
  [
    'half a header',
    idx([3, 28, 28]).subarray(0, 10),
    'idx-truncated',
    'is truncated: expected a header of 16 bytes, found 10. Use a complete copy of the file.',
  ],
  [
    'a truncated body',
    idx([3, 28, 28]).subarray(0, 1000),
    'idx-truncated',
    'is truncated: its header announces 3 × 28 × 28 values, so expected 2368 bytes, found 1000. Use a complete copy of the file.',
  ],
  [
    'bytes too many',
    Buffer.concat([idx([3]), Buffer.from([1])]),
    'idx-truncated',
    'is longer than its header says: its header announces 3 values, so expected 11 bytes, found 12.',
  ],
  ['sizes beyond all memory', Buffer.from([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]), 'idx-truncated', 'is truncated'],
  ['a truncated gzip', gzipSync(idx([3, 28, 28])).subarray(0, 30), 'idx-gzip', 'cannot be unpacked: it ends too early, after 30 packed bytes.'],
  [
    'a damaged gzip',
    Buffer.concat([gzipSync(idx([3, 28, 28])).subarray(0, 20), Buffer.alloc(40, 0xff)]),
    'idx-gzip',
    'cannot be unpacked: its packed bytes are damaged.',
  ],
];

describe('IDX files', () => {
  it.each(broken)('are refused when they hold %s', async (_, bytes, code, sentence) => {
    const path = join(folder, 'train-images-idx3-ubyte.gz');
    await writeFile(path, bytes);
    const error = await readIdx(path).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NetwrightError);
    expect(error).toMatchObject({ kind: 'data', code, where: path });
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toContain(sentence);
  });

  it('are read packed and unpacked', async () => {
    const path = join(folder, 'a');
    for (const bytes of [idx([2, 3]), gzipSync(idx([2, 3]))]) {
      await writeFile(path, bytes);
      const { shape, data } = await readIdx(path);
      expect(shape).toEqual([2, 3]);
      expect([...data]).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });
});

describe('an image set', () => {
  const mnist = datasetOf('mnist') as DatasetDescriptor;
  const write = (over: Readonly<Record<string, Buffer>> = {}) => {
    const files: Record<string, Buffer> = {
      'train-images-idx3-ubyte': idx([5, 28, 28], 256),
      'train-labels-idx1-ubyte': idx([5]),
      't10k-images-idx3-ubyte': idx([2, 28, 28], 256),
      't10k-labels-idx1-ubyte': idx([2]),
      ...over,
    };
    return Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(folder, `${name}.gz`), gzipSync(bytes))));
  };
  const read = () => readImageSet(mnist, findImageSet(folder) ?? expect.fail('not found'));

  it('is read with the counts of its files', async () => {
    await write();
    const { descriptor, train, test } = await read();
    expect(descriptor.samples).toEqual({ train: 5, test: 2 });
    expect(train.columns['features/image']?.length).toBe(5 * 784);
    expect([...(test.columns['labels/class'] ?? [])]).toEqual([0, 1]);
  });

  const wrong: readonly [string, Record<string, Buffer>, string][] = [
    [
      'labels that are too few',
      { 'train-labels-idx1-ubyte': idx([4]) },
      'train-labels-idx1-ubyte.gz has 4 labels, but train-images-idx3-ubyte.gz has 5 images',
    ],
    ['images of another size', { 't10k-images-idx3-ubyte': idx([2, 32, 32]) }, 'expected images of 28 × 28, found 32 × 32.'],
    [
      'labels beyond the classes',
      { 'train-labels-idx1-ubyte': Buffer.concat([idx([5]).subarray(0, 8), Buffer.from([0, 1, 77, 3, 4])]) },
      'label 3 is 77, expected 0 to 9.',
    ],
    ['images where labels should be', { 'train-labels-idx1-ubyte': idx([5, 28, 28]) }, 'expected one label per image, found 5 × 28 × 28 values.'],
  ];
  it.each(wrong)('is refused with %s', async (_, over, sentence) => {
    await write(over);
    await expect(read()).rejects.toThrow(sentence);
  });

  it('is refused by name when a file is missing, and is none when all are', async () => {
    await write();
    await rm(join(folder, `${imageSetFiles[3]}.gz`));
    expect(() => findImageSet(folder)).toThrow('missing t10k-labels-idx1-ubyte.gz');
    await mkdir(join(folder, 'empty'));
    expect(findImageSet(join(folder, 'empty'))).toBeNull();
  });
});
