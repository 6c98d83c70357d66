import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeNpy } from './npy.ts';
import { writeNumbers } from './numbersFile.ts';
import { type PredictedOutput, predictionTable, writePredictions } from './predictionFile.ts';
import { storedZip } from './storedZip.ts';
import { readZip } from './zip.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(folder, { recursive: true }));

async function all<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}
const output = async (name: string, shape: readonly number[], data: Float32Array): Promise<PredictedOutput> => ({
  name,
  shape,
  numbers: await writeNumbers(join(folder, `rows-${name}`), 'float32', [data]),
});
const kinds = Float32Array.of(0.125, 0.25, 0.625, 1, 0, 0);
const kind = () => output('kind', [2, 3], kinds);
const size = () => output('=size', [2, 1], Float32Array.of(-1.5, 1e6));

it('a table has a column for each number; no name can be taken for a formula', async () => {
  const pieces = await all(predictionTable([await kind(), await size()]));
  expect(pieces.join('')).toBe(`kind_0,kind_1,kind_2,"'=size"\n0.125,0.25,0.625,-1.5\n1,0,0,1000000\n`);
});

it('a table of more rows than are read at a time has all of them in order', async () => {
  const count = 100_000;
  const [wide, narrow] = [
    await output(
      'wide',
      [count, 3],
      Float32Array.from({ length: 3 * count }, (_, i) => i),
    ),
    await output('n', [count, 1], new Float32Array(count)),
  ];
  const pieces = await all(predictionTable([wide, narrow]));
  expect(pieces.length).toBeGreaterThan(2);
  const lines = pieces.join('').trimEnd().split('\n');
  expect([lines.length, lines[1], lines.at(-1)]).toEqual([count + 1, '0,1,2,0', '299997,299998,299999,0']);
});

it('an archive has an array for each output, of its shape', async () => {
  const path = join(folder, 'out.npz');
  await writePredictions(path, [await kind(), await size()]);
  const entries = await readZip(path);
  expect([...entries.keys()]).toEqual(['kind.npy', '=size.npy']);
  const stored = entries.get('kind.npy') ?? new Uint8Array();
  const array = await decodeNpy({ stream: Readable.from([stored]), size: stored.length, where: 'kind' }, join(folder, 'kind'), 1000);
  expect(array).toMatchObject({ shape: [2, 3], numbers: { dtype: 'float32', count: 6 } });
  expect(await readFile(join(folder, 'kind'))).toEqual(Buffer.from(kinds.buffer));
  // The header ends where NumPy wants it, so that numbers can be mapped into memory.
  expect((stored.byteLength - kinds.byteLength) % 64).toBe(0);
  await rm(join(folder, 'rows-kind'));
  await writePredictions(join(folder, 'out.csv'), [await kind()]);
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toContain('kind_0,kind_1,kind_2\n');
});

it('an entry above 4 GB and what follows it are written as ZIP64 asks for', async () => {
  // The checksum of such an entry is real; its bytes are not, they would take too long: what stands around them is looked at.
  const large = 2 ** 32 + 5;
  const pieces = await all(
    storedZip([
      { name: 'a', size: large, pieces: () => Readable.from([]) },
      { name: 'b', size: 1, pieces: () => Readable.from([Uint8Array.of(7)]) },
    ]),
  );
  const [first, , , folderBytes, end] = pieces.map((piece) => Buffer.from(piece));
  expect([first?.readUInt32LE(18), first?.readUInt16LE(28), first?.readBigUInt64LE(35)]).toEqual([0xffffffff, 20, BigInt(large)]);
  const second = folderBytes?.subarray(46 + 1 + 20);
  expect([second?.readUInt32LE(20), second?.readUInt32LE(42), second?.readBigUInt64LE(46 + 1 + 4)]).toEqual([1, 0xffffffff, BigInt(large + 51)]);
  expect([end?.length, end?.readUInt32LE(0), end?.readBigUInt64LE(48)]).toEqual([98, 0x06064b50, BigInt(large + 51 + 32)]);
});
