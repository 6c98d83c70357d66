// A .csv as a dataset: one target column, all others in one row of numbers. Words become classes in the target, and a number for each
// of them (one-hot) in the others.

import { type Cells, readCells } from './csv.ts';
import { dataError } from './dataError.ts';
import type { LoadedDataset } from './loaded.ts';
import { checkWeights, type OwnArray, ownDataset } from './ownColumns.ts';

/** As a target: every column comes in, none is asked for. */
export const noTarget = '';

/** The column of that name says how much each row counts. */
const weightColumn = 'sample_weight';

/** More words than this in one column are no kinds but texts. */
const maximumWords = 50;
const maximumClasses = 1000;

/** The words of a column in the order of the alphabet; null where its cells are numbers. @throws NetwrightError for a cell unlike the others */
function wordsOf({ columns, rows, isNumber, cell, place }: Cells, column: number, most: number, path: string): readonly string[] | null {
  const found = new Set<string>();
  const filled = Array.from({ length: rows }, (_, row) => row).filter((row) => cell(row, column) !== '');
  // Mostly words are words, though some look like numbers.
  const areNumbers = filled.filter((row) => isNumber(row, column)).length * 2 >= filled.length;
  for (let row = 0; row < rows && found.size <= most; row++) {
    const text = cell(row, column);
    if (text !== '' && (!areNumbers || isNumber(row, column))) {
      if (!areNumbers) found.add(text);
      continue;
    }
    const what = text === '' ? 'an empty cell' : `“${text.slice(0, 40)}”`;
    throw dataError('csv-number', path, `${path}, ${place(row)}, column “${columns[column]}”: expected a ${areNumbers ? 'number' : 'word'}, found ${what}.`);
  }
  if (areNumbers) return null;
  if (found.size > most)
    throw dataError(
      'csv-words',
      path,
      `${path}: column “${columns[column]}” holds more than ${most} different words. Only numbers, and words of which there are few, can be learned from; leave the column out.`,
    );
  return [...found].sort();
}

function targetOf(cells: Cells, column: number, path: string): OwnArray {
  const words = wordsOf(cells, column, maximumClasses, path);
  const name = cells.columns[column] as string;
  const rows = Array.from({ length: cells.rows }, (_, row) => row);
  if (words) {
    const places = new Map(words.map((word, place) => [word, place]));
    return { name, shape: [cells.rows], data: Int32Array.from(rows, (row) => places.get(cells.cell(row, column)) as number), classNames: words };
  }
  const values = rows.map((row) => Number(cells.cell(row, column)));
  const whole = values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31);
  return { name, shape: [cells.rows], data: whole ? Int32Array.from(values) : Float32Array.from(values) };
}

/** @throws NetwrightError where a cell is no weight */
function weightsIn(cells: Cells, column: number, path: string): OwnArray {
  const rows = Array.from({ length: cells.rows }, (_, row) => row);
  const data = Float32Array.from(rows, (row) => (cells.isNumber(row, column) ? Number(cells.cell(row, column)) : Number.NaN));
  const array = { name: weightColumn, shape: [cells.rows], data };
  checkWeights(path, array);
  return array;
}

function featuresOf(cells: Cells, without: readonly number[], path: string): OwnArray {
  const columns = cells.columns.flatMap((_, column) => (without.includes(column) ? [] : [{ column, words: wordsOf(cells, column, maximumWords, path) }]));
  const width = columns.reduce((sum, { words }) => sum + (words?.length ?? 1), 0);
  const data = new Float32Array(cells.rows * width);
  for (let row = 0; row < cells.rows; row++) {
    let at = row * width;
    for (const { column, words } of columns) {
      const cell = cells.cell(row, column);
      if (words) data[at + words.indexOf(cell)] = 1;
      else data[at] = Number(cell);
      at += words?.length ?? 1;
    }
  }
  return { name: 'x', shape: [cells.rows, width], data };
}

/** @param target the column that is asked for; null: the last; `noTarget`: what comes in is @throws NetwrightError of kind `data` */
export async function readTable(path: string, target: string | null): Promise<LoadedDataset> {
  const cells = await readCells(path);
  const { columns } = cells;
  const weight = columns.flatMap((name, column) => (name === weightColumn && name !== target ? [column] : []));
  const weights = weight.map((column) => weightsIn(cells, column, path));
  if (target === noTarget) {
    const all = featuresOf(cells, weight, path);
    return ownDataset(path, { features: [all], labels: [all], weights }, null);
  }
  const at = target === null ? columns.findLastIndex((_, column) => !weight.includes(column)) : columns.indexOf(target);
  if (at < 0) throw dataError('csv-target', path, `${path} has no column “${target}”; it has ${columns.slice(0, 20).join(', ')}.`);
  if (columns.length - weight.length < 2) throw dataError('csv-columns', path, `${path} has one column; expected at least one feature and the target.`);
  return ownDataset(path, { features: [featuresOf(cells, [at, ...weight], path)], labels: [targetOf(cells, at, path)], weights }, null);
}
