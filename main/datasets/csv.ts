// A table of numbers as text: commas, semicolons or tabs; a header line or none. Cells that are no numbers are refused with
// their place; preparing mixed columns is not done here.

import { readFile } from 'node:fs/promises';
import { dataError } from './dataError.ts';

export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: number;
  /** Row-major. */
  readonly values: Float64Array;
}

const maximumLine = 1024 * 1024;
const maximumColumns = 100_000;

function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((separator) => [separator, line.split(separator).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

const cellsOf = (line: string, separator: string): string[] => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));

/** Reads a table's text. @throws NetwrightError that names line and column */
export function parseNumberTable(text: string, where: string): NumberTable {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const first = lines[0];
  if (first === undefined) throw dataError('csv-empty', where, `${where} is empty: expected lines of numbers.`);
  const separator = separatorOf(first);
  const head = cellsOf(first, separator);
  if (head.length > maximumColumns) throw dataError('csv-columns', where, `${where} has ${head.length} columns, at most ${maximumColumns} are read.`);
  const hasHeader = !head.every(isNumber);
  const columns = hasHeader ? head : head.map((_, i) => `column ${i + 1}`);
  const rows = lines.length - (hasHeader ? 1 : 0);
  if (rows === 0) throw dataError('csv-empty', where, `${where} has a header but no rows.`);
  const values = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    const number = row + (hasHeader ? 2 : 1);
    const line = lines[number - 1] as string;
    if (line.length > maximumLine)
      throw dataError('csv-line', where, `${where}, line ${number}: the line is longer than ${maximumLine} characters. Check that it is a text table.`);
    const cells = cellsOf(line, separator);
    if (cells.length !== columns.length)
      throw dataError('csv-cells', where, `${where}, line ${number}: expected ${columns.length} cells, found ${cells.length}.`);
    cells.forEach((cell, i) => {
      if (!isNumber(cell))
        throw dataError(
          'csv-number',
          where,
          `${where}, line ${number}, column “${columns[i]}”: expected a number, found ${cell === '' ? 'an empty cell' : `“${cell.slice(0, 40)}”`}.`,
        );
      values[row * columns.length + i] = Number(cell);
    });
  }
  return { columns, rows, values };
}

/** Reads a file. */
export const readNumberTable = async (path: string): Promise<NumberTable> => parseNumberTable(await readFile(path, 'utf8'), path);
