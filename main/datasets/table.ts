// A .csv as a dataset: one target column, all others in one row of numbers. Words become classes in the target, and a number for each
// of them (one-hot) in the others. Read twice or three times, row by row: what the columns are, which words there are, the numbers.

import { join } from 'node:path';
import type { Numbers } from '../../shared/datasets/descriptor.ts';
import { openTable, type Row, type Table } from './csv.ts';
import { dataError } from './dataError.ts';
import { numberArrays, NumbersWriter, type NumberType, pieceBytes } from './numbersFile.ts';
import { checkWeights, type OwnArray, ownDataset } from './ownColumns.ts';
import type { WrittenDataset } from './prepared.ts';

/** As a target: every column comes in, none is asked for. */
export const noTarget = '';

/** The column of that name says how much each row counts. */
const weightColumn = 'sample_weight';

/** More words than this in one column are no kinds but texts. */
const maximumWords = 50;
const maximumClasses = 1000;
const maximumWordLength = 1000;

/** What one column holds, counted over all rows. */
interface Survey {
  filled: number;
  numbers: number;
  /** Whether all numbers are whole ones. */
  whole: boolean;
  emptyAt: number | null;
  /** The first cell that is no number. */
  word: { readonly line: number; readonly text: string } | null;
}

function look(survey: Survey, cell: string, line: number, value: number): void {
  if (cell === '') survey.emptyAt ??= line;
  else survey.filled++;
  if (Number.isNaN(value)) {
    if (cell !== '') survey.word ??= { line, text: cell.slice(0, 40) };
    return;
  }
  survey.numbers++;
  survey.whole &&= Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

async function surveyOf({ columns, rows, number }: Table): Promise<{ readonly count: number; readonly surveys: readonly Survey[] }> {
  const surveys = columns.map((): Survey => ({ filled: 0, numbers: 0, whole: true, emptyAt: null, word: null }));
  let count = 0;
  for await (const some of rows()) {
    count += some.length;
    for (const { line, cells } of some) for (let i = 0; i < cells.length; i++) look(surveys[i] as Survey, cells[i] as string, line, number(cells[i] as string));
  }
  return { count, surveys };
}

/** Mostly words are words, though some look like numbers. */
const holdsWords = ({ numbers, filled }: Survey): boolean => numbers * 2 < filled;

/** @throws NetwrightError for a cell unlike the others of its column */
function checkColumn(survey: Survey, name: string, path: string): void {
  const words = holdsWords(survey);
  const { emptyAt, word } = survey;
  const wrong = words ? null : word;
  if (emptyAt === null && wrong === null) return;
  const isEmpty = emptyAt !== null && (wrong === null || emptyAt < wrong.line);
  const place = `line ${isEmpty ? emptyAt : wrong?.line}`;
  const what = isEmpty ? 'an empty cell' : `“${wrong?.text}”`;
  throw dataError('csv-number', path, `${path}, ${place}, column “${name}”: expected a ${words ? 'word' : 'number'}, found ${what}.`);
}

const tooMany = (path: string, name: string, most: number) =>
  dataError(
    'csv-words',
    path,
    `${path}: column “${name}” holds more than ${most} different words. Only numbers, and words of which there are few, can be learned from; leave the column out.`,
  );

/** The words of one column. */
class Words {
  private readonly found = new Set<string>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** @returns false where they are too many, or too long */
  add(cell: string): boolean {
    if (this.found.has(cell)) return true;
    // A copy: the cell itself is a part of a whole piece of the file, which would stay in memory with it.
    this.found.add(Buffer.from(cell).toString());
    return this.found.size <= this.most && cell.length <= maximumWordLength;
  }

  /** In the order of the alphabet. */
  get all(): readonly string[] {
    return [...this.found].sort();
  }
}

/** The words of some columns. @param wanted how many each may hold */
async function wordsIn({ columns, rows }: Table, wanted: ReadonlyMap<number, number>, path: string): Promise<ReadonlyMap<number, readonly string[]>> {
  if (wanted.size === 0) return new Map();
  const found = new Map([...wanted].map(([column, most]) => [column, new Words(most)]));
  for await (const some of rows())
    for (const { cells } of some)
      for (const [column, words] of found)
        if (!words.add(cells[column] as string)) throw tooMany(path, columns[column] as string, wanted.get(column) as number);
  return new Map([...found].map(([column, { all }]) => [column, all]));
}

/** A column as numbers: each word's place, or the number itself. */
class Cell {
  readonly column: number;
  private readonly places: ReadonlyMap<string, number> | null;
  private readonly number: Table['number'];

  constructor(column: number, words: readonly string[] | undefined, number: Table['number']) {
    this.column = column;
    this.places = words ? new Map(words.map((word, place) => [word, place])) : null;
    this.number = number;
  }

  /** How many numbers it becomes among the features. */
  get width(): number {
    return this.places?.size ?? 1;
  }

  value(cells: readonly string[]): number {
    const cell = cells[this.column] as string;
    return this.places ? (this.places.get(cell) ?? Number.NaN) : this.number(cell);
  }

  /** Writes itself among the features, which hold zeros. */
  into(row: Numbers, at: number, cells: readonly string[]): void {
    const value = this.value(cells);
    if (this.places) row[at + value] = 1;
    else row[at] = value;
  }
}

/** Rows that are written a piece at a time. */
class RowWriter {
  private readonly writer: NumbersWriter;
  private readonly width: number;
  private readonly room: Numbers;
  private at = 0;

  private constructor(writer: NumbersWriter, width: number, dtype: NumberType) {
    this.writer = writer;
    this.width = width;
    this.room = new numberArrays[dtype](Math.max(1, Math.floor(pieceBytes / 4 / width)) * width);
  }

  static async create(path: string, width: number, dtype: NumberType): Promise<RowWriter> {
    return new RowWriter(await NumbersWriter.create(path, dtype), width, dtype);
  }

  /** @param fill writes one row of zeros from a place on */
  async rows(some: readonly Row[], fill: (cells: readonly string[], room: Numbers, at: number) => void): Promise<void> {
    for (const { cells } of some) {
      fill(cells, this.room, this.at);
      this.at += this.width;
      if (this.at === this.room.length) await this.flush();
    }
  }

  private async flush(): Promise<void> {
    await this.writer.add(this.room.subarray(0, this.at));
    this.room.fill(0);
    this.at = 0;
  }

  async close() {
    await this.flush();
    return this.writer.close();
  }

  /** After a failure. */
  async abandon(): Promise<void> {
    await this.writer.close().catch(() => undefined);
  }
}

/** What becomes of the columns: features in one row, a target or none, a weight or none. */
interface Layout {
  readonly features: readonly Cell[];
  readonly target: Cell | null;
  readonly targetType: 'int32' | 'float32';
  readonly weight: number | null;
}

async function write(table: Table, { features, target, targetType, weight }: Layout, count: number, folder: string) {
  const width = features.reduce((sum, one) => sum + one.width, 0);
  const opened: RowWriter[] = [];
  const file = async (name: string, each: number, dtype: NumberType): Promise<RowWriter> => {
    const writer = await RowWriter.create(join(folder, name), each, dtype);
    opened.push(writer);
    return writer;
  };
  try {
    const x = await file('x', width, 'float32');
    const y = target && (await file('y', 1, targetType));
    const w = weight === null ? null : await file('w', 1, 'float32');
    for await (const some of table.rows()) {
      await x.rows(some, (cells, room, start) => {
        let at = start;
        for (const one of features) {
          one.into(room, at, cells);
          at += one.width;
        }
      });
      await y?.rows(some, (cells, room, at) => void (room[at] = target?.value(cells) ?? 0));
      await w?.rows(some, (cells, room, at) => void (room[at] = table.number(cells[weight as number] as string)));
    }
    return {
      x: { name: 'x', shape: [count, width], numbers: await x.close() },
      y: y && { shape: [count], numbers: await y.close() },
      w: w && { name: weightColumn, shape: [count], numbers: await w.close() },
    };
  } catch (error) {
    for (const one of opened) await one.abandon();
    throw error;
  }
}

/** The column that is asked for; null where none is. */
function targetIn({ columns }: Table, target: string | null, weight: number | null, path: string): number | null {
  const needed = target === noTarget ? 1 : 2;
  if (columns.length - (weight === null ? 0 : 1) < needed)
    throw dataError('csv-columns', path, `${path} has one column; expected at least one feature and the target.`);
  if (target === noTarget) return null;
  const at = target === null ? columns.findLastIndex((_, column) => column !== weight) : columns.indexOf(target);
  if (at < 0) throw dataError('csv-target', path, `${path} has no column “${target}”; it has ${columns.slice(0, 20).join(', ')}.`);
  return at;
}

/**
 * @param target the column that is asked for; null: the last; `noTarget`: what comes in is
 * @param folder for the files of numbers
 * @throws NetwrightError of kind `data`
 */
export async function readTable(path: string, target: string | null, folder: string): Promise<WrittenDataset> {
  const table = await openTable(path);
  const { columns } = table;
  const weightAt = columns.findIndex((name) => name === weightColumn && name !== target);
  const weight = weightAt < 0 ? null : weightAt;
  const asked = targetIn(table, target, weight, path);
  const { count, surveys } = await surveyOf(table);
  const read = columns.flatMap((_, column) => (column === weight ? [] : [column]));
  for (const column of read) checkColumn(surveys[column] as Survey, columns[column] as string, path);
  const wanted = read.filter((column) => holdsWords(surveys[column] as Survey));
  const words = await wordsIn(table, new Map(wanted.map((column) => [column, column === asked ? maximumClasses : maximumWords])), path);
  const cell = (column: number): Cell => new Cell(column, words.get(column), table.number);
  const isWhole = asked !== null && (words.has(asked) || (surveys[asked] as Survey).whole);
  const written = await write(
    table,
    {
      features: read.filter((column) => column !== asked).map(cell),
      target: asked === null ? null : cell(asked),
      targetType: isWhole ? 'int32' : 'float32',
      weight,
    },
    count,
    folder,
  );
  const weights = written.w ? [written.w] : [];
  for (const one of weights) await checkWeights(path, one);
  const classNames = asked === null ? undefined : words.get(asked);
  const label: OwnArray = written.y ? { name: columns[asked as number] as string, ...written.y, ...(classNames && { classNames }) } : written.x;
  return ownDataset(path, { features: [written.x], labels: [label], weights }, null, folder);
}
