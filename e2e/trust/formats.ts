// The formats that come from outside: a small sound file of each, and how it is read. Each is read or refused in words of its kind, never anything else.

import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { readIdx } from '../../main/datasets/idx.ts';
import { readOwnFile } from '../../main/datasets/ownFile.ts';
import { readKeras } from '../../main/exchange/keras/readKeras.ts';
import { fixture } from '../../main/exchange/testing/modelFiles.ts';
import { decodeSafetensors, encodeSafetensors } from '../../main/files/safetensors.ts';
import { projectFromTemplate } from '../../main/projects/index.ts';
import { ProjectFiles } from '../../main/projects/projectFile.ts';
import { readRequest } from '../../main/runs/store.ts';
import { analyze } from '../../shared/compile/index.ts';
import type { ErrorKind } from '../../shared/lib/errors.ts';
import { serializeProject } from '../../shared/project/read.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';

export interface Format {
  /** The name of a file. */
  readonly file: string;
  readonly kinds: readonly ErrorKind[];
  sound(): Uint8Array;
  /** @param folder for what reading writes, made anew for each file */
  read(path: string, folder: string): Promise<unknown>;
}

/** One array as NumPy has it. */
function npy(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`.padEnd(117);
  return Buffer.concat([Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, 118, 0), strToU8(`${text}\n`), data]);
}

function archive(level: 0 | 6): Uint8Array {
  const x = npy('<f4', [20, 3], new Uint8Array(Float32Array.from({ length: 60 }, (_, i) => i / 7).buffer));
  const y = npy('<i8', [20], new Uint8Array(BigInt64Array.from({ length: 20 }, (_, i) => BigInt(i % 3)).buffer));
  return zipSync({ 'x.npy': x, 'y.npy': y, 'x_test.npy': x, 'y_test.npy': y }, { level, mtime: '2026-01-01' });
}

const table = strToU8(
  `size,colour,"price, then"\n${Array.from({ length: 30 }, (_, i) => `${i / 4},${['red', 'blue', '"dark\nred"'][i % 3]},${i % 2}`).join('\n')}\n`,
);

function images(): Uint8Array {
  const head = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 5);
  return Buffer.concat([head, Uint8Array.from({ length: 100 }, (_, i) => i)]);
}

const weights = (): Uint8Array =>
  Buffer.concat(
    encodeSafetensors({
      metadata: { step: '3', learningRate: '0.1' },
      tensors: new Map([
        ['dense/kernel', { shape: [4, 2], data: new Float32Array(8).fill(1) }],
        ['dense/bias', { shape: [2], data: new Float32Array(2) }],
      ]),
    }),
  );

function request(): Uint8Array {
  const [network] = projectFromTemplate('xor').networks;
  const asked = { dataset: 'xor', target: null, initialWeights: null, race: null, createdAt: '2026-01-01' };
  return strToU8(JSON.stringify({ id: 'r', project: 'p', network, settings: defaultTrainingSettings, ...asked }));
}

/** Opened as the app does: read, and looked at for shapes and problems. */
async function openProject(path: string): Promise<void> {
  const { networks } = await new ProjectFiles().open(path);
  for (const network of networks) analyze(network, { dataset: null });
}

const own = (path: string, folder: string) => readOwnFile(path, null, folder);

export const formats: Readonly<Record<string, Format>> = {
  project: { file: 'a.netwright', kinds: ['project'], sound: () => strToU8(serializeProject(projectFromTemplate('xor'))), read: openProject },
  npz: { file: 'a.npz', kinds: ['data'], sound: () => archive(0), read: own },
  'npz, packed': { file: 'a.npz', kinds: ['data'], sound: () => archive(6), read: own },
  csv: { file: 'a.csv', kinds: ['data'], sound: () => table, read: own },
  idx: { file: 'a-idx3-ubyte', kinds: ['data'], sound: images, read: readIdx },
  'idx, packed': { file: 'a-idx3-ubyte.gz', kinds: ['data'], sound: () => gzipSync(images(), { mtime: 0 }), read: readIdx },
  safetensors: { file: 'a.safetensors', kinds: ['data'], sound: weights, read: async (path) => decodeSafetensors(await readFile(path), path) },
  run: {
    file: 'job.json',
    kinds: ['work'],
    sound: request,
    read: (path) => readRequest(join(path, '..')),
  },
  keras: { file: 'a.keras', kinds: ['project'], sound: () => readFileSync(fixture('perceptrons.keras')), read: readKeras },
  h5: { file: 'a.h5', kinds: ['project'], sound: () => readFileSync(fixture('perceptrons.h5')), read: readKeras },
};

/** Null where a file is read, or refused in words; else what happened instead. @returns also which of the two it was */
export async function outcomeOf({ kinds, read }: Format, path: string): Promise<{ readonly read: boolean; readonly surprise: string | null }> {
  const folder = await mkdtemp(join(path, '..', 'numbers-'));
  try {
    await read(path, folder);
    return { read: true, surprise: null };
  } catch (error) {
    const { name, kind } = error as { name?: string; kind?: ErrorKind };
    const isRefusal = name === 'NetwrightError' && kind !== undefined && kinds.includes(kind);
    return { read: false, surprise: isRefusal ? null : String((error as Error).stack ?? error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
