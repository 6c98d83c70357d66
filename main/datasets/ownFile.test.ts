import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCells } from './csv.ts';
import { decodeNpy } from './npy.ts';
import { readOwnFile } from './ownFile.ts';

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
async function read(bytes: Uint8Array | string, name = 'd.npz', target: string | null = null) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readOwnFile(path, target);
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
    await expect(readOwnFile(join(folder, 'no.npz'), null)).rejects.toThrow(/There is no file .*no\.npz/);
  });
});

describe('.npy', () => {
  it('is turned to row-major order', () => {
    expect([...decodeNpy(npy('<f4', [2, 3], floats(1, 4, 2, 5, 3, 6), true), 'a').data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('becomes the smallest of our types that holds it', () => {
    expect(decodeNpy(npy('|u1', [2], Uint8Array.of(1, 255)), 'a').data).toEqual(Uint8Array.of(1, 255));
    expect(decodeNpy(npy('<i8', [1], new Uint8Array(BigInt64Array.of(-7n).buffer)), 'a').data).toEqual(Int32Array.of(-7));
    expect(decodeNpy(npy('<f8', [1], new Uint8Array(Float64Array.of(0.1).buffer)), 'a').data).toEqual(Float32Array.of(0.1));
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
  ];
  it.each(refused)('is refused with %s', (_, bytes, sentence) => {
    expect(() => decodeNpy(bytes, 'a.npy')).toThrow(sentence);
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
    ['a line without end', `a,b\n1,${'1'.repeat(1024 * 1024)}\n`, /line 2: the line is longer than 1048576 characters/],
  ];
  it.each(refused)('is refused with %s', async (_, text, sentence) => {
    await expect(read(text, 't.csv')).rejects.toThrow(sentence);
  });

  it('is read with a byte order mark, quotes and Windows line ends', () => {
    const { columns, rows, cell } = parseCells('\ufeff"a","b"\r\n1,"2.5"\r\n', 't.csv');
    expect([columns, rows, cell(0, 0), cell(0, 1)]).toEqual([['a', 'b'], 1, '1', '2.5']);
  });
});
