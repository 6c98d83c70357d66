// A person's own arrays as a dataset: what each column is, seen from its numbers. Knows no file format. The numbers stay in their
// files and are looked through piece by piece.

import { basename, join } from 'node:path';
import type { LabelColumn } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetTensor, Numbers } from '../../shared/datasets/descriptor.ts';
import { dataError } from './dataError.ts';
import { firstNot, type NumbersFile, piecesOf, writeNumbers } from './numbersFile.ts';
import type { WrittenDataset, WrittenPart } from './prepared.ts';

/** One column of one part; the first axis counts samples. */
export interface OwnArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: NumbersFile;
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

/** Beyond this, whole numbers are taken for amounts, unless a network has as many outputs. */
const MOST_CLASSES = 1000;

/** What whole numbers from 0 there are among the labels; null where others are, too. At most so many are told apart. */
async function wholeIn(labels: NumbersFile): Promise<{ readonly below: number; readonly kinds: number } | null> {
  const seen = new Set<number>();
  let below = 0;
  for await (const { numbers } of piecesOf(labels))
    for (const label of numbers) {
      if (!Number.isInteger(label) || label < 0 || label >= 2 ** 31) return null;
      below = Math.max(below, label + 1);
      if (seen.size < MOST_CLASSES) seen.add(label);
    }
  return below === 0 ? null : { below, kinds: seen.size };
}

/** How many classes the labels stand for: 0 to k - 1, each there (of whole numbers a third may lack); null where they are something else. */
function classesOf({ dtype }: NumbersFile, { below, kinds }: { readonly below: number; readonly kinds: number }): number | null {
  const isWhole = kinds === below || (kinds * 3 >= below * 2 && dtype !== 'float32');
  return below <= MOST_CLASSES && kinds >= 2 && isWhole ? below : null;
}

const tensorOf = ({ name, shape, numbers }: OwnArray): DatasetTensor => ({
  name,
  shape: shape.length === 1 ? [1] : shape.slice(1),
  dtype: numbers.dtype,
});
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

/** @throws NetwrightError for weights that are none: negative, or no numbers */
export async function checkWeights(path: string, { name, shape, numbers }: OwnArray): Promise<void> {
  const wrong = await firstNot(numbers, (weight) => weight >= 0 && Number.isFinite(weight));
  const each = numbers.count / Math.max(1, shape[0] ?? 1);
  if (wrong)
    throw dataError(
      'sample-weights',
      path,
      `${path}: the weight “${name}” of sample ${Math.floor(wrong.at / each) + 1} is ${wrong.value}; expected a number from 0 up.`,
    );
}

/** The place of the 1 in each row of zeros; ends with null at a row that is not so. */
async function* onesIn({ shape: [, width = 1], numbers }: OwnArray): AsyncGenerator<number | null> {
  let column = 0,
    one = -1;
  for await (const { numbers: piece } of piecesOf(numbers))
    for (const value of piece) {
      if (value === 1 && one < 0) one = column;
      else if (value !== 0) return yield null;
      if (++column < width) continue;
      yield one < 0 ? null : one;
      [column, one] = [0, -1];
    }
}

/** Rows with a single 1 among zeros: classes, written out. */
async function isOneHot(array: OwnArray): Promise<boolean> {
  const [rows = 0, width = 0, ...more] = array.shape;
  if (more.length > 0 || width < 2 || rows === 0) return false;
  for await (const one of onesIn(array)) if (one === null) return false;
  return true;
}

/** One-hot rows as class numbers, which losses of classes take in either form; everything else as it is. @param path for the class numbers */
export async function withoutOneHot(array: OwnArray, path: string): Promise<OwnArray> {
  if (!(await isOneHot(array))) return array;
  const [rows = 0, width = 1] = array.shape;
  const classes = async function* (): AsyncGenerator<Numbers> {
    const room = new Int32Array(Math.min(rows, 65_536));
    let at = 0;
    for await (const one of onesIn(array)) {
      room[at++] = one as number;
      if (at < room.length) continue;
      yield room;
      at = 0;
    }
    yield room.subarray(0, at);
  };
  return { ...array, shape: [rows], numbers: await writeNumbers(path, 'int32', classes()), classNames: array.classNames ?? numbered(width) };
}

/** What is asked for, as the numbers tell: classes, yes or no, or numbers. */
async function labelOf(array: OwnArray): Promise<Omit<LabelColumn, 'key'>> {
  const tensor = tensorOf(array);
  const whole = array.classNames ? null : await wholeIn(array.numbers);
  const classes = array.classNames?.length ?? (whole && classesOf(array.numbers, whole));
  if (classes === null) return { ...tensor, task: 'numbers', ...(whole && { below: whole.below }) };
  const classNames = array.classNames ? [...array.classNames] : numbered(classes);
  if (classes === 2) return { ...tensor, task: 'binary', classNames };
  const shape = tensor.shape.at(-1) === 1 ? tensor.shape.slice(0, -1) : tensor.shape;
  return { ...tensor, shape, task: 'classes', classNames };
}

function partOf({ features, labels, weights = [] }: OwnPart): WrittenPart {
  const columns = [
    ...features.map((array) => [`features/${array.name}`, array.numbers] as const),
    ...labels.map((array) => [`labels/${array.name}`, array.numbers] as const),
    ...weights.map((array) => [`weights/${array.name}`, array.numbers] as const),
  ];
  return { count: rowsOf(features[0] as OwnArray), columns: Object.fromEntries(columns) };
}

/** No rows of the same columns. */
async function none({ columns }: WrittenPart, folder: string): Promise<WrittenPart> {
  const path = join(folder, 'none');
  await writeNumbers(path, 'uint8', []);
  return { count: 0, columns: Object.fromEntries(Object.entries(columns).map(([key, { dtype }]) => [key, { path, dtype, count: 0 }])) };
}

/** At least one column of each kind, as many rows in each. @param path the person's file @param folder where the numbers' files lie */
export async function ownDataset(path: string, train: OwnPart, test: OwnPart | null, folder: string): Promise<WrittenDataset> {
  const [features, ...moreFeatures] = train.features.map(tensorOf) as [DatasetTensor, ...DatasetTensor[]];
  const [label, ...moreLabels] = (await Promise.all(train.labels.map(labelOf))) as [Omit<LabelColumn, 'key'>, ...Omit<LabelColumn, 'key'>[]];
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
  const trainPart = partOf(train);
  return { descriptor, train: trainPart, test: test ? partOf(test) : await none(trainPart, folder) };
}
