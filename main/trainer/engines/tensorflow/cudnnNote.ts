// What an earlier process found out of cuDNN's kernels, beside the engine: that they are refused, or that it ended while it tried them.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../../../files/atomicWrite.ts';
import { cardVariables } from '../../../files/cardVariables.ts';

/** `reason` is null as long as the process tries. */
const noteSchema = z.object({ key: z.string(), at: z.number(), process: z.number(), reason: z.string().nullable() });

/** Drivers are mended: what did not work is tried again after a day. */
const DAY = 24 * 3600 * 1000;

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

export class CudnnNote {
  private readonly path: string | null;
  private readonly key: string;

  /** @param folder of the engine; null: nothing is read or written */
  constructor(folder: string | null, version: string) {
    this.path = folder && join(folder, 'cudnn.json');
    // Another version, other libraries, another card: another answer.
    this.key = [version, ...cardVariables.map((name) => process.env[name] ?? '')].join(' ');
  }

  /** Why the kernels are not tried now; null where they may be. */
  async refusal(): Promise<string | null> {
    if (!this.path) return null;
    try {
      const note = noteSchema.parse(JSON.parse(await readFile(this.path, 'utf8')));
      if (note.key !== this.key || Date.now() - note.at > DAY) return null;
      if (note.reason !== null) return note.reason;
      return isAlive(note.process) ? null : 'The process that tried them ended in the attempt; they are tried again after a day.';
    } catch {
      // Never refused here, or the note is broken: then they are tried.
      return null;
    }
  }

  async trying(): Promise<void> {
    await this.write(null);
  }

  /** @param reason why they are refused; null: they are right */
  async done(reason: string | null): Promise<void> {
    if (reason !== null) await this.write(reason);
    else if (this.path) await rm(this.path, { force: true });
  }

  /** A folder that cannot be written costs only the memory. */
  private async write(reason: string | null): Promise<void> {
    const note = { key: this.key, at: Date.now(), process: process.pid, reason };
    if (this.path) await atomicWrite(this.path, `${JSON.stringify(note)}\n`).catch(() => undefined);
  }
}
