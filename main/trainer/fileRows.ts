// Rows of a column that stay on disk: read when they are needed, or better before. What is held in memory is bounded, whatever the
// size of the file.

import { closeSync, openSync, read, readSync } from 'node:fs';
import type { Numbers } from '../../shared/datasets/descriptor.ts';

const arrays = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array } as const;

/** Rows that follow each other in the file, and where they begin. */
interface Run {
  readonly first: number;
  readonly count: number;
}

/** Rows as runs, each row once. */
function runsOf(rows: Int32Array): Run[] {
  const runs: { first: number; count: number }[] = [];
  for (const row of Int32Array.from(new Set(rows)).sort()) {
    const last = runs.at(-1);
    if (last && last.first + last.count === row) last.count++;
    else runs.push({ first: row, count: 1 });
  }
  return runs;
}

/** What was read ahead: row by row in one buffer. */
interface Ahead {
  readonly numbers: Numbers;
  readonly places: ReadonlyMap<number, number>;
}

export class FileColumn {
  private readonly file: number;
  private readonly size: number;
  private readonly make: (count: number) => Numbers;
  private readonly rowBytes: number;
  private readonly limit: number;
  private ahead: Ahead | null = null;

  /** @param size numbers in a row @param limit bytes that may be held of what comes next */
  constructor(path: string, dtype: keyof typeof arrays, size: number, limit: number) {
    this.file = openSync(path, 'r');
    this.size = size;
    this.make = (count) => new arrays[dtype](count);
    this.rowBytes = size * arrays[dtype].BYTES_PER_ELEMENT;
    this.limit = limit;
  }

  /** Begins to read rows that will be asked for next, as many as the limit allows; resolves when they are there. */
  async readAhead(rows: Int32Array): Promise<void> {
    const wanted = rows.subarray(0, Math.max(1, Math.floor(this.limit / this.rowBytes)));
    const runs = runsOf(wanted);
    const numbers = this.make(runs.reduce((sum, { count }) => sum + count, 0) * this.size);
    const bytes = new Uint8Array(numbers.buffer);
    const places = new Map<number, number>();
    const reading = runs.map((run) => {
      const at = places.size;
      for (let i = 0; i < run.count; i++) places.set(run.first + i, at + i);
      return this.readRun(bytes, at * this.rowBytes, run);
    });
    const whole = await Promise.all(reading);
    if (whole.every(Boolean)) this.ahead = { numbers, places };
  }

  /** Whether all of it could be read; what could not fails, and is told, when it is needed. */
  private readRun(bytes: Uint8Array, at: number, { first, count }: Run): Promise<boolean> {
    const length = count * this.rowBytes;
    return new Promise((resolve) => read(this.file, bytes, at, length, first * this.rowBytes, (error, got) => resolve(!error && got === length)));
  }

  copy(rows: Int32Array, into: Numbers): void {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    rows.forEach((row, i) => {
      const place = this.ahead?.places.get(row);
      if (place !== undefined) into.set((this.ahead as Ahead).numbers.subarray(place * this.size, (place + 1) * this.size), i * this.size);
      else this.readNow(bytes, i * this.rowBytes, row);
    });
  }

  private readNow(bytes: Uint8Array, at: number, row: number): void {
    const got = readSync(this.file, bytes, at, this.rowBytes, row * this.rowBytes);
    if (got !== this.rowBytes) throw new Error(`Row ${row + 1} of the prepared data could not be read: ${got} of ${this.rowBytes} bytes.`);
  }

  close(): void {
    closeSync(this.file);
  }
}
