// A table as text: commas, semicolons or tabs; a header line or none; quoted cells. Every cell's text, checked for its place.

import { readFile } from 'node:fs/promises';
import { dataError } from './dataError.ts';

export interface Cells {
  readonly columns: readonly string[];
  readonly rows: number;
  cell(row: number, column: number): string;
  isNumber(row: number, column: number): boolean;
  /** Where a row stands in the file: `line 3`. */
  place(row: number): string;
}

const maximumLine = 1024 * 1024;
const maximumColumns = 100_000;

/** The cells of one line; quotes may hold separators, and a quote when doubled. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '',
    quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (c === '"' && quoted && line[i + 1] === '"') cell += line[++i];
    else if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  return [...cells, cell.trim()];
}

function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((separator) => [separator, cellsOf(line, separator).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));

/** A first line of words is one; where it holds numbers too, a word above a number tells it. */
const isHeader = (head: readonly string[], next: readonly string[] | null): boolean =>
  head.every((cell) => !isNumber(cell)) || head.some((cell, i) => !isNumber(cell) && isNumber(next?.[i] ?? ''));

/** Reads a table's text. @throws NetwrightError that names the line */
export function parseCells(text: string, where: string): Cells {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const first = lines[0];
  if (first === undefined) throw dataError('csv-empty', where, `${where} is empty: expected a table.`);
  if (first.length > maximumLine) throw tooLong(where, 1);
  const separator = separatorOf(first);
  const head = cellsOf(first, separator);
  if (head.length > maximumColumns) throw dataError('csv-columns', where, `${where} has ${head.length} columns, at most ${maximumColumns} are read.`);
  const hasHeader = isHeader(head, lines[1] === undefined ? null : cellsOf(lines[1], separator));
  const columns = hasHeader ? head : head.map((_, i) => `column ${i + 1}`);
  const skipped = hasHeader ? 1 : 0;
  if (lines.length === skipped) throw dataError('csv-empty', where, `${where} has a header but no rows.`);
  const rows = lines.slice(skipped).map((line, i) => {
    if (line.length > maximumLine) throw tooLong(where, i + 1 + skipped);
    const cells = cellsOf(line, separator);
    if (cells.length !== columns.length)
      throw dataError('csv-cells', where, `${where}, line ${i + 1 + skipped}: expected ${columns.length} cells, found ${cells.length}.`);
    return cells;
  });
  const cell = (row: number, column: number): string => rows[row]?.[column] ?? '';
  return { columns, rows: rows.length, cell, isNumber: (row, column) => isNumber(cell(row, column)), place: (row) => `line ${row + 1 + skipped}` };
}

const tooLong = (where: string, line: number) =>
  dataError('csv-line', where, `${where}, line ${line}: the line is longer than ${maximumLine} characters. Check that it is a text table.`);

/** Reads a file. */
export const readCells = async (path: string): Promise<Cells> => parseCells(await readFile(path, 'utf8'), path);
