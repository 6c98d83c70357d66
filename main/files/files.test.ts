import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { atomicWrite } from './atomicWrite.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

describe('writing atomically', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces a file, makes missing folders and leaves nothing beside it', async () => {
    const path = join(folder, 'a', 'b.txt');
    await atomicWrite(path, 'old');
    await atomicWrite(path, new Uint8Array([0x6e, 0x65]), 'w');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'a'))).toEqual(['b.txt']);
  });

  it('keeps the old file when the new one cannot be put in its place', async () => {
    const path = join(folder, 'taken');
    await atomicWrite(join(path, 'inside'), 'kept');
    await expect(atomicWrite(path, 'new')).rejects.toThrow();
    expect(await readFile(join(path, 'inside'), 'utf8')).toBe('kept');
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('writing where it cannot be', () => {
  it.runIf(process.platform === 'linux')('ends, also where a folder takes no others', async () => {
    await expect(atomicWrite('/proc/netwright/a/b.txt', 'new')).rejects.toThrow('ENOENT');
  });

  it('says so where a file stands in the way of a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netwright-'));
    await atomicWrite(join(folder, 'a'), 'kept');
    await expect(atomicWrite(join(folder, 'a', 'b'), 'new')).rejects.toThrow(/ENOTDIR|EEXIST/);
    await rm(folder, { recursive: true });
  });
});

const file = (header: string, data: Uint8Array = new Uint8Array(), claimed = BigInt(header.length)): Buffer => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed);
  return Buffer.concat([length, Buffer.from(header), data]);
};
const one = (entry: object, size: number) => file(JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }), new Uint8Array(size));

const hostile: readonly [string, Uint8Array, RegExp][] = [
  ['nothing', new Uint8Array(), /expected at least 8 bytes, found 0/],
  ['a header that claims more than the file', file('{}', new Uint8Array(), 100n), /header claims 100 bytes, 2 are there/],
  ['a header that claims everything', file('{}', new Uint8Array(), 2n ** 63n), /claims \d+ bytes, at most 16777216 are read/],
  ['a header that is no JSON', file('{"w":'), /not a JSON object/],
  ['a header that is a list', file('[]'), /not a JSON object/],
  ['metadata that is no text', file('{"__metadata__":{"a":1}}'), /metadata is not a table of texts/],
  ['another type', one({ dtype: 'F64' }, 8), /“w” is F64, expected F32/],
  ['a truncated file', one({}, 4), /“w” lies at bytes 0 to 8, expected to start at 0 and end by 4/],
  ['offsets that run backwards', one({ data_offsets: [8, 0] }, 8), /lies at bytes 8 to 0/],
  ['a shape that does not fit', one({ shape: [3] }, 8), /needs 12 bytes, has 8/],
  ['negative sizes', one({ shape: [-2] }, 8), /no dtype, shape and data_offsets/],
  ['bytes of no tensor', one({}, 9), /1 bytes belong to no tensor/],
  [
    'overlapping tensors',
    file(JSON.stringify({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] }, b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] } }), new Uint8Array(12)),
    /“b” lies at bytes 4 to 12, expected to start at 8/,
  ],
];

describe('safetensors', () => {
  it.each(hostile)('refuses %s', (_, bytes, sentence) => {
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(sentence);
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(NetwrightError);
  });

  it('gives back what was written, also names that reach prototypes', () => {
    const shaped = fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([a, b]) => fc.array(fc.float(), { minLength: a * b, maxLength: a * b }).map((values) => ({ shape: [a, b], data: Float32Array.from(values) })));
    const names = fc.string().filter((name) => name !== '__metadata__');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, shaped), { selector: ([name]) => name, maxLength: 5 }), fc.string(), (entries, note) => {
        const bytes = Buffer.concat(encodeSafetensors({ metadata: { note }, tensors: new Map(entries) }));
        const read = decodeSafetensors(bytes, 'x');
        expect(read.metadata).toEqual({ note });
        expect(new Map(read.tensors)).toEqual(new Map(entries));
      }),
    );
  });

  it('takes no harm from any change of a byte', () => {
    const bytes = Buffer.concat(encodeSafetensors({ metadata: { step: '3' }, tensors: new Map([['w', { shape: [3], data: Float32Array.of(1, 2, 3) }]]) }));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        try {
          const { metadata, tensors } = decodeSafetensors(changed, 'x');
          // What is read all the same is what was written: a space for another, or the checksum itself by another name.
          expect([metadata.step, ...(tensors.get('w')?.data ?? [])]).toEqual(['3', 1, 2, 3]);
        } catch (error) {
          expect(error).toBeInstanceOf(NetwrightError);
        }
      }),
    );
  });
});
