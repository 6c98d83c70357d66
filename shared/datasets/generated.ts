// A set that is computed instead of stored: its descriptor and a pure function that gives its rows, the same every time.

import { uniformAt, normalAt, randomKey } from '../lib/random.ts';
import type { DatasetDescriptor, DatasetPart } from './descriptor.ts';

export interface GeneratedDataset {
  readonly descriptor: DatasetDescriptor;
  generate(): { readonly train: DatasetPart; readonly test: DatasetPart };
}

/** Seeded numbers for one row of one part. */
export interface RowRandom {
  uniform(index: number): number;
  normal(index: number): number;
}

const rowRandom = (key: number, row: number): RowRandom => ({
  uniform: (index) => uniformAt(key, row * 64 + index),
  normal: (index) => normalAt(key, row * 64 + index),
});

/** Both parts of a set from a rule for one row. The rule writes `[features, label]`; at most 64 random numbers a row. */
export function generateRows(
  descriptor: DatasetDescriptor,
  rule: (row: number, count: number, random: RowRandom) => readonly [readonly number[], number],
): { readonly train: DatasetPart; readonly test: DatasetPart } {
  const part = (name: 'train' | 'test'): DatasetPart => {
    const count = descriptor.samples[name];
    const key = randomKey('generated', descriptor.id, name);
    const width = descriptor.features.shape.reduce((product, size) => product * size, 1);
    const features = new Float32Array(count * width);
    const labels = descriptor.labels.dtype === 'float32' ? new Float32Array(count) : new Uint8Array(count);
    for (let row = 0; row < count; row++) {
      const [values, label] = rule(row, count, rowRandom(key, row));
      features.set(values, row * width);
      labels[row] = label;
    }
    return { count, columns: { [`features/${descriptor.features.name}`]: features, [`labels/${descriptor.labels.name}`]: labels } };
  };
  return { train: part('train'), test: part('test') };
}

/** The fields that all generated sets of points in a plane share. */
export const pointsDescriptor = (
  o: Pick<DatasetDescriptor, 'id' | 'title' | 'about' | 'classNames' | 'task'> & { readonly samples: { readonly train: number; readonly test: number } },
): DatasetDescriptor => ({
  ...o,
  features: { name: 'point', shape: [2], dtype: 'float32' },
  labels: { name: 'class', shape: o.task === 'binary' ? [1] : [], dtype: 'uint8' },
  look: 'points',
  source: 'Computed by Netwright from a fixed seed',
  licence: 'CC0-1.0',
  origin: 'generated',
});
