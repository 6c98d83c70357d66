import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { decodeNpy } from './npy.ts';
import { type PredictedOutput, predictionTable, writePredictions } from './predictionFile.ts';
import { readZip } from './zip.ts';

const kind: PredictedOutput = { name: 'kind', shape: [2, 3], data: Float32Array.of(0.125, 0.25, 0.625, 1, 0, 0) };
const size: PredictedOutput = { name: '=size', shape: [2, 1], data: Float32Array.of(-1.5, 1e6) };

it('a table has a column for each number; no name can be taken for a formula', () => {
  expect(predictionTable([kind, size])).toBe(`kind_0,kind_1,kind_2,"'=size"\n0.125,0.25,0.625,-1.5\n1,0,0,1000000\n`);
});

it('an archive has an array for each output, of its shape', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-'));
  try {
    const path = join(folder, 'out.npz');
    await writePredictions(path, [kind, size]);
    const entries = await readZip(path);
    expect([...entries.keys()]).toEqual(['kind.npy', '=size.npy']);
    const stored = entries.get('kind.npy') ?? new Uint8Array();
    const array = await decodeNpy({ stream: Readable.from([stored]), size: stored.length, where: 'kind' }, join(folder, 'kind'), 1000);
    expect(array).toMatchObject({ shape: [2, 3], numbers: { dtype: 'float32', count: 6 } });
    expect(await readFile(join(folder, 'kind'))).toEqual(Buffer.from(kind.data.buffer));
    // The header ends where NumPy wants it, so that numbers can be mapped into memory.
    expect(((entries.get('kind.npy')?.byteLength ?? 0) - kind.data.byteLength) % 64).toBe(0);
    await writePredictions(join(folder, 'out.csv'), [kind]);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toContain('kind_0,kind_1,kind_2\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});
