// A NumPy archive as a dataset: x and y, or x0, x1, … and y0, y1, … for several inputs and outputs; the same names with _test behind
// them for a test part. Without any y, what comes in is what is asked for. sample_weight says how much each sample counts, sample_weight0, … for
// which of several outputs.

import { dataError } from './dataError.ts';
import type { LoadedDataset } from './loaded.ts';
import { decodeNpy } from './npy.ts';
import { checkWeights, type OwnArray, type OwnPart, ownDataset, rowsOf, typeOf, withoutOneHot } from './ownColumns.ts';
import { readZip } from './zip.ts';

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
function weightsOf(array: OwnArray, labels: readonly OwnArray[], path: string): OwnArray & { readonly of?: string } {
  checkWeights(path, array);
  const of = array.name.replace('sample_weight', 'y');
  if (of === 'y') return array;
  if (labels.some(({ name }) => name === of)) return { ...array, of };
  throw dataError(
    'sample-weights',
    path,
    `${path}: “${array.name}” weighs the samples of “${of}”, which is not there. Call it sample_weight where it is for all.`,
  );
}

function partIn(arrays: readonly OwnArray[], ending: '' | '_test', path: string): OwnPart {
  const features = numbered(arrays, 'x', ending);
  const labels = numbered(arrays, 'y', ending);
  const weights = numbered(arrays, 'sample_weight', ending).map((array) => weightsOf(array, labels, path));
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
  return { features, labels: (labels.length > 0 ? labels : features).map((array) => (labels.length > 0 ? withoutOneHot(array) : array)), weights };
}

const describe = (array: OwnArray): string => `${typeOf(array.data)} of shape (${array.shape.slice(1).join(', ')})`;

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

/** The test part; where it has no weights and the training part has, each of its samples counts 1. */
function countedAlike(test: OwnPart, { weights = [] }: OwnPart): OwnPart {
  if (test.weights?.length || weights.length === 0) return test;
  const rows = rowsOf(test.features[0] as OwnArray);
  const ones = weights.map(({ shape: [_, ...each], data, ...weight }) => {
    const count = each.reduce((product, size) => product * size, rows);
    const numbers = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array }[typeOf(data)];
    return { ...weight, shape: [rows, ...each], data: new numbers(count).fill(1) };
  });
  return { ...test, weights: ones };
}

/** @throws NetwrightError of kind `data` */
export async function readNpz(path: string): Promise<LoadedDataset> {
  const entries = [...(await readZip(path))].filter(([name]) => name.endsWith('.npy'));
  const arrays = entries.map(([name, bytes]): OwnArray => ({ name: name.slice(0, -4), ...decodeNpy(bytes, `${path}: ${name}`) }));
  const train = partIn(arrays, '', path);
  const test = arrays.some(({ name }) => /^x\d*_test$/.test(name)) ? countedAlike(partIn(arrays, '_test', path), train) : null;
  if (test) checkAlike(path, train, test);
  return ownDataset(path, train, test);
}
