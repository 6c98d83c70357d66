// A person's own arrays as a dataset: what each column is, seen from its numbers. Knows no file format.

import { basename } from 'node:path';
import type { LabelColumn } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetPart, DatasetTensor, Numbers } from '../../shared/datasets/descriptor.ts';
import { dataError } from './dataError.ts';
import type { LoadedDataset } from './loaded.ts';

/** One column of one part; the first axis counts samples. */
export interface OwnArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Numbers;
  /** In the order of the numbers, where they stand for words. */
  readonly classNames?: readonly string[];
}
export interface OwnPart {
  readonly features: readonly OwnArray[];
  readonly labels: readonly OwnArray[];
  /** How much samples count: `of` one label, or of all. */
  readonly weights?: readonly (OwnArray & { readonly of?: string })[];
}

export const rowsOf = ({ shape }: Pick<OwnArray, 'shape'>): number => shape[0] ?? 0;
export const typeOf = (numbers: Numbers): 'uint8' | 'int32' | 'float32' =>
  numbers instanceof Uint8Array ? 'uint8' : numbers instanceof Int32Array ? 'int32' : 'float32';

/** How many classes the labels stand for: 0 to k - 1, each there (of whole numbers a third may lack); null where they are something else. */
function classesOf(labels: Numbers): number | null {
  const seen = new Set<number>();
  for (const label of labels) {
    if (!Number.isInteger(label) || label < 0 || label >= 1000) return null;
    seen.add(label);
  }
  const count = Math.max(-1, ...seen) + 1;
  const isWhole = seen.size === count || (seen.size * 3 >= count * 2 && !(labels instanceof Float32Array));
  return count >= 2 && seen.size >= 2 && isWhole ? count : null;
}

const tensorOf = ({ name, shape, data }: OwnArray): DatasetTensor => ({ name, shape: shape.length === 1 ? [1] : shape.slice(1), dtype: typeOf(data) });
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

/** @throws NetwrightError for weights that are none: negative, or no numbers */
export function checkWeights(path: string, { name, data }: OwnArray): void {
  const wrong = data.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong >= 0)
    throw dataError('sample-weights', path, `${path}: the weight “${name}” of sample ${wrong + 1} is ${data[wrong]}; expected a number from 0 up.`);
}

/** Rows with a single 1 among zeros: classes, written out. */
function isOneHot({ shape: [rows = 0, width = 0, ...more], data }: OwnArray): boolean {
  if (more.length > 0 || width < 2 || rows === 0) return false;
  for (let row = 0; row < rows; row++) {
    let ones = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      if (data[i] === 1) ones++;
      else if (data[i] !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return true;
}

/** One-hot rows as class numbers, which losses of classes take in either form; everything else as it is. */
export function withoutOneHot(array: OwnArray): OwnArray {
  if (!isOneHot(array)) return array;
  const [rows = 0, width = 1] = array.shape;
  const data = Int32Array.from({ length: rows }, (_, row) => array.data.subarray(row * width, (row + 1) * width).indexOf(1));
  return { ...array, shape: [rows], data, classNames: array.classNames ?? numbered(width) };
}

/** What is asked for, as the numbers tell: classes, yes or no, or numbers. */
function labelOf(array: OwnArray): Omit<LabelColumn, 'key'> {
  const tensor = tensorOf(array);
  const classes = array.classNames?.length ?? classesOf(array.data);
  if (classes === null) return { ...tensor, task: 'numbers' };
  const classNames = array.classNames ? [...array.classNames] : numbered(classes);
  if (classes === 2) return { ...tensor, task: 'binary', classNames };
  const shape = tensor.shape.at(-1) === 1 ? tensor.shape.slice(0, -1) : tensor.shape;
  return { ...tensor, shape, task: 'classes', classNames };
}

function partOf({ features, labels, weights = [] }: OwnPart): DatasetPart {
  const columns = [
    ...features.map((array) => [`features/${array.name}`, array.data] as const),
    ...labels.map((array) => [`labels/${array.name}`, array.data] as const),
    ...weights.map((array) => [`weights/${array.name}`, array.data] as const),
  ];
  return { count: rowsOf(features[0] as OwnArray), columns: Object.fromEntries(columns) };
}

const none = ({ features, labels, weights = [] }: OwnPart): OwnPart => {
  const empty = <A extends OwnArray>(array: A): A => ({ ...array, shape: [0, ...array.shape.slice(1)], data: array.data.slice(0, 0) });
  return { features: features.map(empty), labels: labels.map(empty), weights: weights.map(empty) };
};

/** At least one column of each kind, as many rows in each. @param path the file */
export function ownDataset(path: string, train: OwnPart, test: OwnPart | null): LoadedDataset {
  const [features, ...moreFeatures] = train.features.map(tensorOf) as [DatasetTensor, ...DatasetTensor[]];
  const [label, ...moreLabels] = train.labels.map(labelOf) as [Omit<LabelColumn, 'key'>, ...Omit<LabelColumn, 'key'>[]];
  const { task, classNames, ...labels } = label;
  const count = rowsOf(train.features[0] as OwnArray);
  const descriptor: DatasetDescriptor = {
    id: path,
    title: basename(path),
    about: `${count} samples from ${basename(path)}.`,
    task,
    features,
    labels,
    ...(classNames && { classNames: [...classNames] }),
    ...(moreFeatures.length > 0 && { moreFeatures }),
    ...(moreLabels.length > 0 && { moreLabels: moreLabels.map(({ classNames: names, ...one }) => ({ ...one, ...(names && { classNames: [...names] }) })) }),
    ...(train.weights?.length && { sampleWeights: train.weights.map((array) => ({ ...tensorOf(array), ...(array.of !== undefined && { of: array.of }) })) }),
    samples: { train: count, test: test ? rowsOf(test.features[0] as OwnArray) : 0 },
    look: features.shape.length === 1 ? 'table' : features.shape.length === 2 ? 'series' : 'image',
    source: path,
    licence: 'your own',
    origin: 'file',
  };
  return { descriptor, train: partOf(train), test: partOf(test ?? none(train)) };
}
