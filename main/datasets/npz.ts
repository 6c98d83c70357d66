// A NumPy archive as a dataset: x and y, or x0, x1, … and y0, y1, … for several inputs and outputs; the same names with _test behind
// them for a test part. Without any y, what comes in is what is asked for. sample_weight says how much each sample counts, sample_weight0, … for
// which of several outputs.

import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { dataMemory } from '../files/dataMemory.ts';
import { dataError } from './dataError.ts';
import { decodeNpy } from './npy.ts';
import { type NumbersFile, numberArrays, pieceBytes, writeNumbers } from './numbersFile.ts';
import { checkWeights, type OwnArray, type OwnPart, ownDataset, rowsOf, withoutOneHot } from './ownColumns.ts';
import type { WrittenDataset } from './prepared.ts';
import { eachEntry, type ZipLimits } from './zip.ts';

/** `x`, or `x0`, `x1`, … in the order of their numbers. */
function numbered(arrays: readonly OwnArray[], letter: 'x' | 'y' | 'sample_weight', ending: string): OwnArray[] {
  const pattern = new RegExp(`^${letter}(\\d*)${ending}$`);
  const found = arrays.flatMap((array) => {
    const number = pattern.exec(array.name)?.[1];
    return number === undefined
      ? []
      : [{ number: number === '' ? -1 : Number(number), array: { ...array, name: array.name.slice(0, array.name.length - ending.length) } }];
  });
  return found.sort((a, b) => a.number - b.number).map(({ array }) => array);
}

/** `sample_weight1` is that of `y1`. */
async function weightsOf(array: OwnArray, labels: readonly OwnArray[], path: string): Promise<OwnArray & { readonly of?: string }> {
  await checkWeights(path, array);
  const of = array.name.replace('sample_weight', 'y');
  if (of === 'y') return array;
  if (labels.some(({ name }) => name === of)) return { ...array, of };
  throw dataError(
    'sample-weights',
    path,
    `${path}: “${array.name}” weighs the samples of “${of}”, which is not there. Call it sample_weight where it is for all.`,
  );
}

async function partIn(arrays: readonly OwnArray[], ending: '' | '_test', path: string): Promise<OwnPart> {
  const features = numbered(arrays, 'x', ending);
  const labels = numbered(arrays, 'y', ending);
  const weights = await Promise.all(numbered(arrays, 'sample_weight', ending).map((array) => weightsOf(array, labels, path)));
  const [first] = features;
  if (!first)
    throw dataError(
      'npz-arrays',
      path,
      `${path}: expected the arrays “x${ending}” and “y${ending}” (or x0, x1, … and y0, y1, …), found ${arrays.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  for (const other of [...features, ...labels, ...weights]) {
    if (rowsOf(other) === rowsOf(first) && rowsOf(first) > 0) continue;
    throw dataError(
      'npz-rows',
      path,
      `${path}: “${first.name}${ending}” has ${rowsOf(first)} samples and “${other.name}${ending}” ${rowsOf(other)}; expected as many of both, at least one.`,
    );
  }
  if (labels.length === 0) return { features, labels: features, weights };
  return { features, labels: await Promise.all(labels.map((array) => withoutOneHot(array, `${array.numbers.path}.classes`))), weights };
}

const describe = (array: OwnArray): string => `${array.numbers.dtype} of shape (${array.shape.slice(1).join(', ')})`;

/** The test part must look like the training part. */
function checkAlike(path: string, train: OwnPart, test: OwnPart): void {
  const [before, after] = [train, test].map(({ features, labels, weights = [] }) => [...features, ...labels, ...weights]) as [OwnArray[], OwnArray[]];
  for (const [i, one] of before.entries()) {
    const other = after[i];
    if (other?.name === one.name && describe(other) === describe(one)) continue;
    throw dataError(
      'npz-test',
      path,
      other?.name === one.name
        ? `${path}: “${one.name}_test” holds ${describe(other)} per sample, “${one.name}” ${describe(one)}; expected the same.`
        : `${path}: there is “${one.name}”, but no “${one.name}_test”; expected a test part of the same arrays.`,
    );
  }
}

/** As many ones. */
async function onesLike({ dtype }: NumbersFile, count: number, path: string): Promise<NumbersFile> {
  const ones = function* () {
    for (let left = count; left > 0; left -= pieceBytes) yield new numberArrays[dtype](Math.min(left, pieceBytes)).fill(1);
  };
  return writeNumbers(path, dtype, ones());
}

/** The test part; where it has no weights and the training part has, each of its samples counts 1. */
async function countedAlike(test: OwnPart, { weights = [] }: OwnPart): Promise<OwnPart> {
  if (test.weights?.length || weights.length === 0) return test;
  const rows = rowsOf(test.features[0] as OwnArray);
  const ones = weights.map(async ({ shape: [_, ...each], numbers, ...weight }) => {
    const count = each.reduce((product, size) => product * size, rows);
    return { ...weight, shape: [rows, ...each], numbers: await onesLike(numbers, count, `${numbers.path}.ones`) };
  });
  return { ...test, weights: await Promise.all(ones) };
}

/** What the unpacked numbers may take of the disk. */
async function diskFor(path: string, folder: string): Promise<ZipLimits> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const refuse = (total: number) =>
    dataError(
      'zip-total',
      path,
      `${path} unpacks to ${total} bytes or more, but only ${free} are free in ${folder}. Make room, or set NETWRIGHT_HOME to a larger disk.`,
    );
  return { total: free, refuse };
}

/** x, y or sample_weight, with a number or not, of one part or the other. */
const isOurs = (name: string): boolean => /^(x|y|sample_weight)\d*(_test)?$/.test(name);

async function arraysIn(path: string, folder: string): Promise<OwnArray[]> {
  const arrays: OwnArray[] = [];
  await eachEntry(path, await diskFor(path, folder), async ({ name: entry, size, stream }) => {
    if (!entry.endsWith('.npy')) return;
    const name = entry.slice(0, -4);
    const file = join(folder, `array-${arrays.length}`);
    const source = { stream: await stream(), size, where: `${path}: ${entry}` };
    // What is not ours is only looked at: arrays of objects are refused wherever they are.
    const array = await decodeNpy(source, isOurs(name) ? file : null, dataMemory().ahead);
    arrays.push({ name, ...(array ?? { shape: [], numbers: { path: file, dtype: 'uint8', count: 0 } }) });
  });
  return arrays;
}

/** @param folder for the files of numbers @throws NetwrightError of kind `data` */
export async function readNpz(path: string, folder: string): Promise<WrittenDataset> {
  const arrays = await arraysIn(path, folder);
  const train = await partIn(arrays, '', path);
  const test = arrays.some(({ name }) => /^x\d*_test$/.test(name)) ? await countedAlike(await partIn(arrays, '_test', path), train) : null;
  if (test) checkAlike(path, train, test);
  return ownDataset(path, train, test, folder);
}
