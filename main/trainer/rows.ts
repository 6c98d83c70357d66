// The rows of a dataset's part as engines take them: whole columns where they are in memory, copies of chosen rows in any case.

import type { DatasetPart, Numbers } from '../../shared/datasets/descriptor.ts';
import type { FileColumn } from './fileRows.ts';

export interface Rows {
  readonly count: number;
  /** All numbers of a column, for engines that keep the data themselves; null where it is streamed from disk. @param column its key: `features/image` */
  resident(column: string): Numbers | null;
  /** Copies rows of a column, one after another. @throws Error where the data has no such column */
  copy(column: string, rows: Int32Array, into: Numbers): void;
  /** Says which rows come next, so that they can be read while the engine computes; missing where all of them are in memory. */
  readAhead?(rows: Int32Array): void;
}

function copyRows(from: Numbers, rows: Int32Array, into: Numbers): void {
  const size = into.length / rows.length;
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * size;
    into.set(from.subarray(start, start + size), i * size);
  }
}

/** Rows that are in memory. */
export class ResidentRows implements Rows {
  readonly count: number;
  private readonly columns: DatasetPart['columns'];

  constructor({ count, columns }: DatasetPart) {
    this.count = count;
    this.columns = columns;
  }

  resident(column: string): Numbers {
    const numbers = this.columns[column];
    if (!numbers) throw new Error(`The data has no column “${column}”.`);
    return numbers;
  }

  copy(column: string, rows: Int32Array, into: Numbers): void {
    copyRows(this.resident(column), rows, into);
  }
}

/** Rows of which some columns stay on disk. */
export class StreamedRows implements Rows {
  readonly count: number;
  private readonly inMemory: ResidentRows;
  private readonly files: ReadonlyMap<string, FileColumn>;

  constructor(part: DatasetPart, files: ReadonlyMap<string, FileColumn>) {
    this.count = part.count;
    this.inMemory = new ResidentRows(part);
    this.files = files;
  }

  resident(column: string): Numbers | null {
    return this.files.has(column) ? null : this.inMemory.resident(column);
  }

  copy(column: string, rows: Int32Array, into: Numbers): void {
    const file = this.files.get(column);
    if (file) file.copy(rows, into);
    else this.inMemory.copy(column, rows, into);
  }

  readAhead(rows: Int32Array): void {
    for (const file of this.files.values()) void file.readAhead(rows);
  }
}
