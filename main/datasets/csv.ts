// A table as text: commas, semicolons or tabs; a header line or none; quoted cells, which may hold line breaks. Row after row from the
// file, each checked for its place.

import { dataError } from './dataError.ts';
import { type Encoding, encodingOf, linesOf } from './textFile.ts';

export interface Row {
  /** Where it begins in the file. */
  readonly line: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly columns: readonly string[];
  readonly encoding: Encoding;
  /** From the first again each time, some at a time; as many cells in each as there are columns. */
  rows(): AsyncIterable<readonly Row[]>;
  /** NaN where the cell is no number. */
  number(cell: string): number;
}

const maximumLine = 1024 * 1024;
const maximumColumns = 100_000;

/** The cells of one line; null where a quoted one is not closed at its end. A quote opens a cell only at its beginning, and is doubled inside. */
function cellsOf(line: string, separator: string): string[] | null {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '',
    quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (quoted && c === '"' && line[i + 1] === '"') cell += line[++i];
    else if (c === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (c === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  return quoted ? null : [...cells, cell.trim()];
}

function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((separator) => [separator, (cellsOf(line, separator) ?? line.split(separator)).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** Where semicolons separate, a comma may stand before the decimals. */
const numberIn = (cell: string, separator: string): number => {
  const text = separator === ';' && /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(cell) ? cell.replace(',', '.') : cell;
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
};

/** A first line of words is one; where it holds numbers too, a word above a number tells it. */
const isHeader = (head: readonly string[], next: readonly string[] | null, isNumber: (cell: string) => boolean): boolean =>
  head.every((cell) => !isNumber(cell)) || head.some((cell, i) => !isNumber(cell) && isNumber(next?.[i] ?? ''));

const tooLong = (where: string) => (line: number) =>
  dataError('csv-line', where, `${where}, line ${line}: the line is longer than ${maximumLine} characters. Check that it is a text table.`);
const neverClosed = (where: string, line: number) =>
  dataError(
    'csv-quote',
    where,
    `${where}, line ${line}: a cell begins with a quote (") that is never closed. Close it, or write it twice where it is part of the text.`,
  );

interface Open {
  readonly line: number;
  readonly text: string;
}

/** Puts lines together to rows; empty lines are none. */
class Records {
  private readonly where: string;
  private readonly separator: string;
  private line = 0;
  private open: Open | null = null;

  constructor(where: string, separator: string) {
    this.where = where;
    this.separator = separator;
  }

  /** The row that ends with this line, if one does. */
  private next(line: string): Row | null {
    this.line++;
    if (!this.open && line.trim() === '') return null;
    const begun: Open = this.open ? { line: this.open.line, text: `${this.open.text}\n${line}` } : { line: this.line, text: line };
    const cells = cellsOf(begun.text, this.separator);
    if (!cells && begun.text.length > maximumLine) throw neverClosed(this.where, begun.line);
    this.open = cells ? null : begun;
    return cells && { line: begun.line, cells };
  }

  add(lines: readonly string[]): readonly Row[] {
    return lines.map((line) => this.next(line)).filter((row) => row !== null);
  }

  end(): void {
    if (this.open) throw neverClosed(this.where, this.open.line);
  }
}

/** All rows, the header too. */
async function* recordsOf(where: string, encoding: Encoding, separator: string): AsyncGenerator<readonly Row[]> {
  const records = new Records(where, separator);
  for await (const lines of linesOf(where, encoding, maximumLine, tooLong(where))) yield records.add(lines);
  records.end();
}

/** What separates the cells of the first line; null where there is no line. */
async function separatorIn(path: string, encoding: Encoding): Promise<string | null> {
  for await (const lines of linesOf(path, encoding, maximumLine, tooLong(path))) {
    const first = lines.find((line) => line.trim() !== '');
    if (first !== undefined) return separatorOf(first);
  }
  return null;
}

async function beginningOf(path: string, encoding: Encoding, separator: string): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const rows of recordsOf(path, encoding, separator)) {
    found.push(...rows.slice(0, 2));
    if (found.length >= 2) break;
  }
  return found;
}

/** Opens a table: its columns, and rows to come. @throws NetwrightError that names the line, here or where rows are read */
export async function openTable(path: string): Promise<Table> {
  const encoding = await encodingOf(path);
  const separator = await separatorIn(path, encoding);
  if (separator === null) throw dataError('csv-empty', path, `${path} is empty: expected a table.`);
  const [first, second] = (await beginningOf(path, encoding, separator)) as [Row, Row?];
  const { cells: head } = first;
  if (head.length > maximumColumns) throw dataError('csv-columns', path, `${path} has ${head.length} columns, at most ${maximumColumns} are read.`);
  const number = (cell: string): number => numberIn(cell, separator);
  const hasHeader = isHeader(head, second?.cells ?? null, (cell) => !Number.isNaN(number(cell)));
  if (hasHeader && !second) throw dataError('csv-empty', path, `${path} has a header but no rows.`);
  const columns = hasHeader ? head : head.map((_, i) => `column ${i + 1}`);
  const checked = ({ line, cells }: Row): void => {
    if (cells.length !== columns.length) throw dataError('csv-cells', path, `${path}, line ${line}: expected ${columns.length} cells, found ${cells.length}.`);
  };
  const rows = async function* (): AsyncGenerator<readonly Row[]> {
    for await (const some of recordsOf(path, encoding, separator)) {
      const body = hasHeader && some[0]?.line === first.line ? some.slice(1) : some;
      body.forEach(checked);
      yield body;
    }
  };
  return { columns, encoding, rows, number };
}
