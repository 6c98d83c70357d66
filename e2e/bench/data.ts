// Random rows for the bench, the same for all sides: as the trainer reads them, and as an .npz for Keras.

import { join } from 'node:path';
import { columnsOf, featureColumns, labelColumns } from '../../shared/datasets/columns.ts';
import type { DatasetPart, Numbers } from '../../shared/datasets/descriptor.ts';
import { randomBits, randomKey } from '../../shared/lib/random.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import type { BenchNetwork } from './networks.ts';
import { writeNpz } from './npz.ts';

/** Whole numbers below a limit. */
function numbers(key: number, dtype: 'uint8' | 'int32' | 'float32', size: number, below: number): Numbers {
  const draw = (_: unknown, i: number) => randomBits(key, 0, i) % below;
  if (dtype === 'uint8') return Uint8Array.from({ length: size }, draw);
  return dtype === 'int32' ? Int32Array.from({ length: size }, draw) : Float32Array.from({ length: size }, draw);
}

/** Pictures of random bytes or sequences of random tokens, with random classes. */
export function rowsOf({ id, dataset, samples }: BenchNetwork): DatasetPart {
  const columns = columnsOf(dataset).map(({ key, shape, dtype }) => {
    const below = key.startsWith('labels/') ? 10 : dtype === 'uint8' ? 256 : 1000;
    return [key, numbers(randomKey('bench', id, key), dtype, samples * sizeOf(shape), below)] as const;
  });
  return { count: samples, columns: Object.fromEntries(columns) };
}

/** The same rows for Keras: x (and x1 … for further inputs) and y. */
export function writeKerasData(folder: string, { id, dataset, samples }: BenchNetwork, rows: DatasetPart): string {
  const path = join(folder, `${id}.npz`);
  const array = ({ key, shape }: { readonly key: string; readonly shape: readonly number[] }) => ({
    shape: [samples, ...shape],
    data: rows.columns[key] as Uint8Array | Int32Array,
  });
  const [x, ...more] = featureColumns(dataset),
    [y] = labelColumns(dataset);
  if (!x || !y) throw new Error('The bench’s data has something to read and something to ask for.');
  writeNpz(path, { x: array(x), ...Object.fromEntries(more.map((column, i) => [`x${i + 1}`, array(column)])), y: array(y) });
  return path;
}
