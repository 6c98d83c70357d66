import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Numbers } from '../../shared/datasets/descriptor.ts';
import { openTable, type Row } from './csv.ts';
import { decodeNpy } from './npy.ts';
import { readNumbers } from './numbersFile.ts';
import { readOwnFile } from './ownFile.ts';
import type { WrittenPart } from './prepared.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

/** The bytes of a .npy file. */
function npy(descr: string, shape: readonly number[], data: Uint8Array, fortran = false): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`.padEnd(
    117,
    ' ',
  );
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY', 'latin1');
  head.set([1, 0], 6);
  head.writeUInt16LE(text.length + 1, 8);
  return Buffer.concat([head, Buffer.from(`${text}\n`, 'latin1'), data]);
}
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const ints = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);

interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly claimed?: number;
}
/** A zip file written by hand, so that it can lie. */
function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimed } of entries) {
    const packed = deflateRawSync(data);
    const fields = (signature: number, extra: number) => {
      const b = Buffer.alloc(extra);
      b.writeUInt32LE(signature, 0);
      const at = signature === 0x04034b50 ? 4 : 6;
      b.writeUInt16LE(20, at);
      b.writeUInt16LE(8, at + 4);
      b.writeUInt32LE(crc32(data), at + 10);
      b.writeUInt32LE(packed.length, at + 14);
      b.writeUInt32LE(claimed ?? data.length, at + 18);
      b.writeUInt16LE(name.length, at + 22);
      return b;
    };
    const local = Buffer.concat([fields(0x04034b50, 30), Buffer.from(name), packed]);
    const entry = fields(0x02014b50, 46);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt32LE(offset, 42);
    central.push(Buffer.concat([entry, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
async function partIn({ count, columns }: WrittenPart) {
  const read = Object.entries(columns).map(async ([key, file]) => [key, await readNumbers(file)] as const);
  return { count, columns: Object.fromEntries(await Promise.all(read)) };
}
async function read(bytes: Uint8Array | string, name = 'd.npz', target: string | null = null) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const { descriptor, train, test } = await readOwnFile(path, target, await mkdtemp(join(folder, 'numbers-')));
  return { descriptor, train: await partIn(train), test: await partIn(test) };
}
/** One array from pieces of a few bytes. @param limit bytes that may be held where the order is turned */
async function decoded(bytes: Uint8Array, where: string, { piece = 7, limit = 1000 } = {}): Promise<Numbers | null> {
  async function* stream() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const array = await decodeNpy({ stream: stream(), size: bytes.length, where }, join(await mkdtemp(join(folder, 'array-')), 'a'), limit);
  return array && readNumbers(array.numbers);
}
const x = { name: 'x.npy', data: npy('<f4', [3, 2], floats(1, 2, 3, 4, 5, 6)) };
const y = { name: 'y.npy', data: npy('<i4', [3], ints(0, 1, 2)) };

describe('.npz', () => {
  it('gives features, labels and the task', async () => {
    const { descriptor, train, test } = await read(zip([x, y]));
    expect(descriptor).toMatchObject({
      task: 'classes',
      features: { shape: [2], dtype: 'float32' },
      labels: { shape: [], dtype: 'int32' },
      classNames: ['0', '1', '2'],
      samples: { train: 3, test: 0 },
    });
    expect([...(train.columns['features/x'] ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(test.count).toBe(0);
  });

  it('takes numbers that are no classes as regression, and a test part', async () => {
    const target = (name: string) => ({ name, data: npy('<f4', [3], floats(0.5, 1, 2)) });
    const { descriptor } = await read(zip([x, target('y.npy'), { ...x, name: 'x_test.npy' }, target('y_test.npy')]));
    expect(descriptor).toMatchObject({ task: 'numbers', labels: { shape: [1] }, samples: { train: 3, test: 3 } });
  });

  it('says how far whole numbers go that may be classes', async () => {
    const labels = (dtype: '<i4' | '<f4', ...values: number[]) => ({ name: 'y.npy', data: npy(dtype, [3], (dtype === '<i4' ? ints : floats)(...values)) });
    expect((await read(zip([x, labels('<i4', 0, 7, 7)]))).descriptor).toMatchObject({ task: 'numbers', labels: { below: 8 } });
    expect((await read(zip([x, labels('<f4', 0, 4999, 7)]))).descriptor).toMatchObject({ task: 'numbers', labels: { below: 5000 } });
    expect((await read(zip([x, labels('<i4', 0, -1, 7)]))).descriptor.labels).not.toHaveProperty('below');
  });

  it('feeds several inputs and asks for several outputs, in the order of their numbers', async () => {
    const named = (name: string, width: number) => ({
      name: `${name}.npy`,
      data: npy('<f4', [3, width], floats(...Array.from({ length: 3 * width }, (_, i) => i / 7))),
    });
    const oneHot = { name: 'y0.npy', data: npy('<f4', [3, 3], floats(0, 1, 0, 1, 0, 0, 0, 0, 1)) };
    const { descriptor, train } = await read(zip([named('x10', 1), named('y1', 2), named('x2', 2), oneHot]));
    expect(descriptor).toMatchObject({
      features: { name: 'x2', shape: [2] },
      moreFeatures: [{ name: 'x10', shape: [1] }],
      ...{ task: 'classes', labels: { name: 'y0', shape: [] }, classNames: ['0', '1', '2'] },
      moreLabels: [{ name: 'y1', task: 'numbers', shape: [2] }],
    });
    expect(Object.keys(train.columns)).toEqual(['features/x2', 'features/x10', 'labels/y0', 'labels/y1']);
    expect([...(train.columns['labels/y0'] ?? [])]).toEqual([1, 0, 2]);
  });

  it('takes how much samples count, for all outputs or for one', async () => {
    const weights = (name: string, ...values: number[]) => ({ name: `${name}.npy`, data: npy('<f4', [3], floats(...values)) });
    const { descriptor, train } = await read(zip([x, y, weights('sample_weight', 0.5, 0, 2)]));
    expect(descriptor).toMatchObject({ features: { name: 'x' }, sampleWeights: [{ name: 'sample_weight', shape: [1], dtype: 'float32' }] });
    expect([...(train.columns['weights/sample_weight'] ?? [])]).toEqual([0.5, 0, 2]);
    const alone = await read(zip([x, y, weights('sample_weight', 0.5, 0, 2), { ...x, name: 'x_test.npy' }, { ...y, name: 'y_test.npy' }]));
    expect([...(alone.test.columns['weights/sample_weight'] ?? [])]).toEqual([1, 1, 1]);
    const named = (await read(zip([x, { ...y, name: 'y0.npy' }, weights('y1', 1.5, 2, 3), weights('sample_weight1', 1, 1, 2)]))).descriptor;
    expect(named.sampleWeights).toEqual([{ name: 'sample_weight1', shape: [1], dtype: 'float32', of: 'y1' }]);
    await expect(read(zip([x, y, weights('sample_weight3', 1, 1, 2)]))).rejects.toThrow('weighs the samples of “y3”, which is not there');
    await expect(read(zip([x, y, weights('sample_weight', 1, -1, 2)]))).rejects.toThrow(
      'the weight “sample_weight” of sample 2 is -1; expected a number from 0 up',
    );
  });

  it('without any y asks for what comes in; answers for every step keep their axis', async () => {
    expect((await read(zip([x]))).descriptor).toMatchObject({ task: 'numbers', labels: { name: 'x', shape: [2] } });
    const steps = { name: 'y.npy', data: npy('<i4', [3, 2], ints(0, 1, 2, 0, 1, 2)) };
    expect((await read(zip([x, steps]))).descriptor).toMatchObject({ task: 'classes', labels: { shape: [2] }, classNames: ['0', '1', '2'] });
    const marks = { name: 'y.npy', data: npy('<f4', [3, 2], floats(0, 1, 1, 1, 0, 0)) };
    expect((await read(zip([x, marks]))).descriptor).toMatchObject({ task: 'binary', labels: { shape: [2] } });
  });

  const refused: readonly [string, () => Uint8Array, RegExp][] = [
    ['a test part that lacks an array', () => zip([x, y, { ...x, name: 'x_test.npy' }]), /“x_test” has 3 samples|there is “y”, but no “y_test”/],
    ['no zip', () => Buffer.from('hello'), /is not a whole zip file/],
    ['a truncated zip', () => zip([x, y]).subarray(0, 100), /is not a whole zip file/],
    ['no x', () => zip([y]), /expected the arrays “x” and “y” \(or x0, x1, … and y0, y1, …\), found y\./],
    ['unequal rows', () => zip([x, { name: 'y.npy', data: npy('<i4', [2], ints(0, 1)) }]), /“x” has 3 samples and “y” 2/],
    [
      'objects',
      () => zip([x, { name: 'y.npy', data: npy('|O', [3], Buffer.from('\x80\x03')) }]),
      /y\.npy holds Python objects \(type \|O\), which could carry code/,
    ],
    ['a name that leads out', () => zip([{ ...x, name: '../x.npy' }]), /cannot be unpacked: .*relative path/],
    ['a name twice', () => zip([x, x]), /holds “x\.npy” twice/],
    ['a size that lies', () => zip([{ ...x, claimed: 10 }, y]), /cannot be unpacked/],
    ['changed bytes', () => zip([x, y]).map((byte, at) => (at === 40 ? byte ^ 1 : byte)), /cannot be unpacked/],
    ['a bomb', () => zip([{ name: 'x.npy', data: Buffer.alloc(5_000_000) }]), /claims to unpack to 5000000 bytes from \d+, more than 100 times/],
    [
      'a test part of another shape',
      () => zip([x, y, { name: 'x_test.npy', data: npy('<f4', [1, 3], floats(1, 2, 3)) }, { name: 'y_test.npy', data: npy('<i4', [1], ints(0)) }]),
      /“x_test” holds float32 of shape \(3\) per sample, “x” float32 of shape \(2\)/,
    ],
  ];
  it.each(refused)('is refused with %s', async (_, bytes, sentence) => {
    await expect(read(bytes())).rejects.toThrow(sentence);
    await expect(read(bytes())).rejects.toMatchObject({ kind: 'data' });
  });

  it('is refused when it is not there', async () => {
    await expect(readOwnFile(join(folder, 'no.npz'), null, folder)).rejects.toThrow(/There is no file .*no\.npz/);
    await mkdir(join(folder, 'a.npz'));
    await expect(readOwnFile(join(folder, 'a.npz'), null, folder)).rejects.toThrow(/a\.npz is not a file/);
  });
});

describe('.npy', () => {
  it('is turned to row-major order, a few rows at a time too', async () => {
    expect(await decoded(npy('<f4', [2, 3], floats(1, 4, 2, 5, 3, 6), true), 'a')).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    const [rows, high, wide] = [7, 3, 2];
    const value = (row: number, y: number, x: number) => 100 * row + 10 * y + x;
    const places = (order: (row: number, y: number, x: number) => number) => {
      const all = new Float32Array(rows * high * wide);
      for (let row = 0; row < rows; row++) for (let y = 0; y < high; y++) for (let x = 0; x < wide; x++) all[order(row, y, x)] = value(row, y, x);
      return all;
    };
    const turned = npy('<f4', [rows, high, wide], new Uint8Array(places((row, y, x) => row + rows * (y + high * x)).buffer), true);
    for (const limit of [1, 100, 1e6]) expect(await decoded(turned, 'a', { limit })).toEqual(places((row, y, x) => (row * high + y) * wide + x));
  });

  it('becomes the smallest of our types that holds it, whatever pieces it comes in', async () => {
    const i8 = new Uint8Array(BigInt64Array.of(-7n, 2147483647n, -2147483648n).buffer);
    for (const piece of [1, 5, 1000]) {
      expect(await decoded(npy('|u1', [2], Uint8Array.of(1, 255)), 'a', { piece })).toEqual(Uint8Array.of(1, 255));
      expect(await decoded(npy('|b1', [3], Uint8Array.of(1, 0, 7)), 'a', { piece })).toEqual(Uint8Array.of(1, 0, 1));
      expect(await decoded(npy('|i1', [2], Uint8Array.of(1, 255)), 'a', { piece })).toEqual(Int32Array.of(1, -1));
      expect(await decoded(npy('<i2', [1], new Uint8Array(Int16Array.of(-300).buffer)), 'a', { piece })).toEqual(Int32Array.of(-300));
      expect(await decoded(npy('<u2', [1], new Uint8Array(Uint16Array.of(65535).buffer)), 'a', { piece })).toEqual(Int32Array.of(65535));
      expect(await decoded(npy('<u4', [1], new Uint8Array(Uint32Array.of(70000).buffer)), 'a', { piece })).toEqual(Int32Array.of(70000));
      expect(await decoded(npy('<i8', [3], i8), 'a', { piece })).toEqual(Int32Array.of(-7, 2147483647, -2147483648));
      expect(await decoded(npy('<u8', [1], new Uint8Array(BigUint64Array.of(9n).buffer)), 'a', { piece })).toEqual(Int32Array.of(9));
      expect(await decoded(npy('<f8', [2], new Uint8Array(Float64Array.of(0.1, 2).buffer)), 'a', { piece })).toEqual(Float32Array.of(0.1, 2));
    }
  });

  const refused: readonly [string, Buffer, RegExp][] = [
    ['nothing', Buffer.alloc(0), /not a NumPy array/],
    ['another file', Buffer.from('PK\x03\x04aaaaaaaaaaaaaa'), /not a NumPy array/],
    [
      'a header that claims too much',
      Buffer.concat([Buffer.from('\x93NUMPY\x02\x00', 'latin1'), Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0])]),
      /header claims 2147483647 bytes, expected at most 10000/,
    ],
    ['half a header', npy('<f4', [1], floats(1)).subarray(0, 40), /is truncated: expected a header of 128 bytes, found 40/],
    ['fewer bytes than its shape', npy('<f4', [3], floats(1)), /the shape \(3\) of type <f4 needs 12 bytes, found 4/],
    ['big-endian numbers', npy('>f4', [1], floats(1)), /has the type >f4; whole numbers, float32 and float64/],
    ['a NaN', npy('<f4', [2, 2], floats(1, 2, Number.NaN, 4)), /a\.npy: sample 2 holds a value that is no finite number/],
    ['a number too large for float32', npy('<f8', [1], new Uint8Array(Float64Array.of(1e300).buffer)), /a\.npy: sample 1 holds a value that is no finite/],
    ['a number too large for int32', npy('<i8', [2], new Uint8Array(BigInt64Array.of(1n, 5_000_000_000n).buffer)), /sample 2 holds a whole number outside/],
    ['the same unsigned', npy('<u8', [1], new Uint8Array(BigUint64Array.of(2n ** 31n).buffer)), /sample 1 holds a whole number outside/],
    ['the same in 4 bytes', npy('<u4', [1], new Uint8Array(Uint32Array.of(2 ** 31).buffer)), /sample 1 holds a whole number outside/],
  ];
  it.each(refused)('is refused with %s', async (_, bytes, sentence) => {
    await expect(decoded(bytes, 'a.npy')).rejects.toThrow(sentence);
    await expect(decoded(bytes, 'a.npy')).rejects.toMatchObject({ kind: 'data' });
  });

  it('is read as NumPy itself writes it', async () => {
    // numpy.savez_compressed(…, x=numpy.arange(6.).reshape(3, 2), y=numpy.array([1, 0, 1])), NumPy 2.4.6
    const written =
      'UEsDBC0AAAAIAAAAIQCOE9Q0//////////8FABQAeC5ucHkBABAAsAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkaaOgq1CmQDLgYU8MEeynCAUBxQWgBKizgAAFBLAwQtAAAACAAAACEAorPQS///////////BQAUAHkubnB5AQAQAJgAAAAAAAAASgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuRgZUAOMDAFBLAQItAy0AAAAIAAAAIQCOE9Q0VwAAALAAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLAQItAy0AAAAIAAAAIQCis9BLSgAAAJgAAAAFAAAAAAAAAAAAAACAAY4AAAB5Lm5weVBLBQYAAAAAAgACAGYAAAAPAQAAAAA=';
    const { descriptor, train } = await read(Buffer.from(written, 'base64'));
    expect(descriptor).toMatchObject({ task: 'binary', labels: { shape: [1] } });
    expect([...(train.columns['features/x'] ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('.csv', () => {
  it('takes the last column as target, or the one that is named', async () => {
    const text = 'a;b;c\n1;2;0\n3;4;1\n5;6;0\n';
    const last = await read(text, 't.csv');
    expect(last.descriptor).toMatchObject({ task: 'binary', features: { shape: [2] } });
    expect([...(last.train.columns['features/x'] ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    const named = await read(text, 't.csv', 'a');
    expect([...(named.train.columns['labels/a'] ?? [])]).toEqual([1, 3, 5]);
    expect(named.descriptor.task).toBe('numbers');
    await expect(read(text, 't.csv', 'd')).rejects.toThrow('has no column “d”; it has a, b, c.');
  });

  it('a column sample_weight says how much rows count, and is neither feature nor target', async () => {
    const { descriptor, train } = await read('a,c,sample_weight\n1,0,0.5\n3,1,2\n5,0,1\n', 't.csv');
    expect(descriptor).toMatchObject({ features: { shape: [1] }, labels: { name: 'c' }, sampleWeights: [{ name: 'sample_weight', shape: [1] }] });
    expect([...(train.columns['weights/sample_weight'] ?? [])]).toEqual([0.5, 2, 1]);
    await expect(read('a,c,sample_weight\n1,0,much\n3,1,2\n', 't.csv')).rejects.toThrow('the weight “sample_weight” of sample 1 is NaN');
  });

  it('reads words: kinds become numbers of their own, a target of words its classes', async () => {
    const { descriptor, train } = await read('size,colour,kind\n1,red,cat\n2,"blue, dark",dog\n3,red,bird\n', 't.csv');
    expect(descriptor).toMatchObject({ task: 'classes', classNames: ['bird', 'cat', 'dog'], features: { shape: [3] }, labels: { name: 'kind' } });
    expect([...(train.columns['features/x'] ?? [])]).toEqual([1, 0, 1, 2, 1, 0, 3, 0, 1]);
    expect([...(train.columns['labels/kind'] ?? [])]).toEqual([1, 2, 0]);
    expect((await read('5.1,setosa\n4.9,other\n', 't.csv')).descriptor.samples.train).toBe(2);
    expect((await read('label,0,1\n5,0,3\n4,1,2\n', 't.csv', 'label')).descriptor).toMatchObject({ samples: { train: 2 }, labels: { name: 'label' } });
  });

  const refused: readonly [string, string, RegExp][] = [
    ['nothing', '', /t\.csv is empty/],
    ['only a header', 'a,b\n', /has a header but no rows/],
    ['a word among numbers', '1,2\n3,four\n4,5\n', /t\.csv, line 2, column “column 2”: expected a number, found “four”/],
    ['an empty cell', 'a,b\n1,\n', /t\.csv, line 2, column “b”: expected a number, found an empty cell/],
    ['a text in every row', `a,b\n${Array.from({ length: 60 }, (_, i) => `word ${i},1`).join('\n')}\n`, /column “a” holds more than 50 different words/],
    ['a ragged line', '1,2\n3\n', /t\.csv, line 2: expected 2 cells, found 1/],
    ['a quote that is never closed', 'a,b\n1,"2\n3,4\n', /t\.csv, line 2: a cell begins with a quote \("\) that is never closed/],
    ['what is no text', 'a,b\n1,\0\n', /is not a text table: there are zero bytes in it/],
    ['a line without end', `a,b\n1,${'1'.repeat(1024 * 1024)}\n`, /line 2: the line is longer than 1048576 characters/],
  ];
  it.each(refused)('is refused with %s', async (_, text, sentence) => {
    await expect(read(text, 't.csv')).rejects.toThrow(sentence);
  });

  it('is read with a byte order mark, quotes, Windows line ends and empty lines', async () => {
    const path = join(folder, 't.csv');
    await writeFile(path, '\ufeff"a","b"\r\n\r\n1,"2.5"\r\n\n"say ""hi""\nand go", 5" \r\n');
    const { columns, encoding, rows } = await openTable(path);
    expect([columns, encoding]).toEqual([['a', 'b'], 'utf-8']);
    const all: Row[] = [];
    for await (const some of rows()) all.push(...some);
    expect(all).toMatchObject([
      { line: 3, cells: ['1', '2.5'] },
      { line: 5, cells: ['say "hi"\nand go', '5"'] },
    ]);
  });

  it('is read in the encodings of Windows, and with commas before the decimals where semicolons separate', async () => {
    const text = 'größe;art\n1,5;süß\n-2,25;übel\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(text), utf16, Buffer.from(utf16).swap16()]) {
      const { descriptor, train } = await read(bytes, 't.csv');
      expect(descriptor.classNames).toEqual(['süß', 'übel']);
      expect([...(train.columns['features/x'] ?? [])]).toEqual([1.5, -2.25]);
    }
  });

  it('is read in many rows as in one', async () => {
    const count = 70_000;
    const lines = Array.from({ length: count }, (_, i) => `${i},${i % 3 === 0 ? 'red' : 'blue'},${i / 4}`);
    const { descriptor, train } = await read(`${lines.join('\n')}\n`, 't.csv');
    expect(descriptor).toMatchObject({ task: 'numbers', samples: { train: count }, features: { shape: [3] } });
    const x = train.columns['features/x'] as Numbers;
    for (const row of [0, 1, 43_690, 43_691, count - 1]) expect([...x.subarray(3 * row, 3 * row + 3)]).toEqual([row, ...(row % 3 === 0 ? [0, 1] : [1, 0])]);
    expect(train.columns['labels/column 3']?.[count - 1]).toBe((count - 1) / 4);
  });
});
