// A person's own file as a dataset: .npz with x and y (x_test, y_test), or .csv with one target column.

import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { DatasetDescriptor, DatasetPart, Numbers } from '../../shared/datasets/descriptor.ts';
import { readNumberTable } from './csv.ts';
import { dataError } from './dataError.ts';
import type { LoadedDataset } from './loaded.ts';
import { decodeNpy, type NpyArray } from './npy.ts';
import { readZip } from './zip.ts';

const typeOf = (numbers: Numbers): 'uint8' | 'int32' | 'float32' =>
  numbers instanceof Uint8Array ? 'uint8' : numbers instanceof Int32Array ? 'int32' : 'float32';

/** How many classes whole-number labels stand for: 0 to k - 1, each there; null where they are something else. */
function classesOf(labels: Numbers): number | null {
  if (labels instanceof Float32Array) return null;
  const seen = new Set<number>();
  for (const label of labels) {
    if (label < 0 || label >= 1000) return null;
    seen.add(label);
  }
  const count = Math.max(...seen) + 1;
  return seen.size === count && count >= 2 ? count : null;
}

const rowsOf = ({ shape }: NpyArray): number => shape[0] ?? 0;

interface Pair {
  readonly x: NpyArray;
  readonly y: NpyArray;
}

function describe(path: string, { x, y }: Pair, test: Pair | null): DatasetDescriptor {
  const classes = y.shape.slice(1).every((size) => size === 1) ? classesOf(y.data) : null;
  const task = classes === null ? 'numbers' : classes === 2 ? 'binary' : 'classes';
  const labelShape = task === 'classes' ? [] : y.shape.length === 1 ? [1] : y.shape.slice(1);
  const shape = x.shape.length === 1 ? [1] : x.shape.slice(1);
  return {
    id: path,
    title: basename(path),
    about: `${rowsOf(x)} samples from ${basename(path)}.`,
    task,
    features: { name: 'x', shape: [...shape], dtype: typeOf(x.data) },
    labels: { name: 'y', shape: [...labelShape], dtype: typeOf(y.data) },
    ...(classes === null ? {} : { classNames: Array.from({ length: classes }, (_, i) => String(i)) }),
    samples: { train: rowsOf(x), test: test ? rowsOf(test.x) : 0 },
    look: shape.length === 1 ? 'table' : shape.length === 2 ? 'series' : 'image',
    source: path,
    licence: 'your own',
    origin: 'file',
  };
}

const part = (pair: Pair): DatasetPart => ({ count: rowsOf(pair.x), columns: { 'features/x': pair.x.data, 'labels/y': pair.y.data } });

function dataset(path: string, train: Pair, test: Pair | null): LoadedDataset {
  const descriptor = describe(path, train, test);
  const empty = { count: 0, columns: { 'features/x': train.x.data.slice(0, 0), 'labels/y': train.y.data.slice(0, 0) } };
  return { descriptor, train: part(train), test: test ? part(test) : empty };
}

function pairOf(arrays: ReadonlyMap<string, NpyArray>, names: readonly [string, string], path: string): Pair {
  const [x, y] = names.map((name) => arrays.get(name));
  if (!x || !y)
    throw dataError('npz-arrays', path, `${path}: expected the arrays “${names[0]}” and “${names[1]}”, found ${[...arrays.keys()].join(', ') || 'none'}.`);
  if (rowsOf(x) !== rowsOf(y) || rowsOf(x) === 0)
    throw dataError(
      'npz-rows',
      path,
      `${path}: “${names[0]}” has ${rowsOf(x)} samples and “${names[1]}” ${rowsOf(y)}; expected as many of both, at least one.`,
    );
  return { x, y };
}

/** The test part must look like the training part. */
function checkAlike(path: string, train: Pair, test: Pair): void {
  for (const name of ['x', 'y'] as const) {
    const [a, b] = [train[name], test[name]];
    if (a.shape.slice(1).join() !== b.shape.slice(1).join() || typeOf(a.data) !== typeOf(b.data)) {
      throw dataError(
        'npz-test',
        path,
        `${path}: “${name}_test” holds ${typeOf(b.data)} of shape (${b.shape.slice(1).join(', ')}) per sample, “${name}” ${typeOf(a.data)} of (${a.shape.slice(1).join(', ')}); expected the same.`,
      );
    }
  }
}

async function readNpz(path: string): Promise<LoadedDataset> {
  const entries = [...(await readZip(path))].filter(([name]) => name.endsWith('.npy'));
  const arrays = new Map(entries.map(([name, bytes]) => [name.slice(0, -4), decodeNpy(bytes, `${path}: ${name}`)] as const));
  const train = pairOf(arrays, ['x', 'y'], path);
  const test = arrays.has('x_test') ? pairOf(arrays, ['x_test', 'y_test'], path) : null;
  if (test) checkAlike(path, train, test);
  return dataset(path, train, test);
}

/** Whole numbers stay whole, so that class labels are seen as such. */
function columnOf(values: readonly number[]): Numbers {
  return values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31) ? Int32Array.from(values) : Float32Array.from(values);
}

async function readCsv(path: string, target: string | null): Promise<LoadedDataset> {
  const { columns, rows, values } = await readNumberTable(path);
  const at = target === null ? columns.length - 1 : columns.indexOf(target);
  if (at < 0) throw dataError('csv-target', path, `${path} has no column “${target}”; it has ${columns.slice(0, 20).join(', ')}.`);
  if (columns.length < 2) throw dataError('csv-columns', path, `${path} has one column; expected at least one feature and the target.`);
  const row = (i: number) => values.subarray(i * columns.length, (i + 1) * columns.length);
  const x = new Float32Array(rows * (columns.length - 1));
  for (let i = 0; i < rows; i++)
    x.set(
      row(i).filter((_, column) => column !== at),
      i * (columns.length - 1),
    );
  const y = columnOf(Array.from({ length: rows }, (_, i) => row(i)[at] as number));
  return dataset(path, { x: { shape: [rows, columns.length - 1], data: x }, y: { shape: [rows], data: y } }, null);
}

/** Whether a dataset's name is that of a file and not of a built-in one. */
export const isFileName = (name: string): boolean => ['.npz', '.csv'].includes(extname(name).toLowerCase());

/** Reads a file of one's own. @param target the column of a .csv that is asked for; null: the last @throws NetwrightError of kind `data` */
export async function readOwnFile(path: string, target: string | null): Promise<LoadedDataset> {
  if (!existsSync(path)) throw dataError('file-missing', path, `There is no file ${path}. Check the name.`);
  return extname(path).toLowerCase() === '.npz' ? readNpz(path) : readCsv(path, target);
}
