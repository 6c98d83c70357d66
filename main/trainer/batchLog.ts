// Every batch's values on disk, in the order of steps: one float64 per metric, nothing else. The keys stand in record.json.
// Step n begins at byte (n - 1) × keys × 8, so a resumed run cuts the file at its checkpoint and goes on.

import { type FileHandle, open } from 'node:fs/promises';
import type { MetricValues } from '../../shared/protocol/contract.ts';

export class BatchLog {
  private readonly file: FileHandle;
  private readonly keys: readonly string[];
  private pending: number[] = [];
  private written: number;

  private constructor(file: FileHandle, keys: readonly string[], steps: number) {
    this.file = file;
    this.keys = keys;
    this.written = steps;
  }

  /** Opens the file and drops what lies behind `steps`. */
  static async open(path: string, keys: readonly string[], steps: number): Promise<BatchLog> {
    const file = await open(path, steps === 0 ? 'w+' : 'r+');
    await file.truncate(steps * keys.length * 8);
    return new BatchLog(file, keys, steps);
  }

  add(values: MetricValues): void {
    for (const key of this.keys) this.pending.push(values[key] as number);
  }

  /** Writes what was added; safe to call at any time, calls queue up. */
  flush(): Promise<void> {
    this.queue = this.queue.then(() => this.writePending());
    return this.queue;
  }
  private queue: Promise<void> = Promise.resolve();

  private async writePending(): Promise<void> {
    if (this.pending.length === 0) return;
    const values = Float64Array.from(this.pending);
    this.pending = [];
    await this.file.write(new Uint8Array(values.buffer), 0, values.byteLength, this.written * this.keys.length * 8);
    this.written += values.length / this.keys.length;
  }

  /** All that was added is on disk when it resolves: a checkpoint must not know more steps than the file. */
  async sync(): Promise<void> {
    await this.flush();
    await this.file.datasync();
  }

  async close(): Promise<void> {
    await this.sync();
    await this.file.close();
  }
}
