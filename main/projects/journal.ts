// The project as it was last edited, beside the files: what a killed app gives back. One per data folder; gone once saved.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Project } from '../../shared/project/project.ts';
import { readProject, serializeProject } from '../../shared/project/read.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const entrySchema = z.object({ path: z.string().nullable(), savedAt: z.string(), text: z.string() });
export interface Journaled {
  readonly project: Project;
  readonly path: string | null;
  readonly savedAt: string;
}

export class Journal {
  private readonly file: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string) {
    this.file = join(dataFolder, 'journal.json');
  }

  /** One change after another, so that the last one stays. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.writing.then(work);
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  write(project: Project, path: string | null): Promise<void> {
    return this.inTurn(() => atomicWrite(this.file, JSON.stringify({ path, savedAt: new Date().toISOString(), text: serializeProject(project) })));
  }

  clear(): Promise<void> {
    return this.inTurn(() => rm(this.file, { force: true }));
  }

  /** What was not saved; null where there is nothing, or nothing that can be read. */
  async read(): Promise<Journaled | null> {
    await this.writing;
    try {
      const { path, savedAt, text } = entrySchema.parse(JSON.parse(await readFile(this.file, 'utf8')));
      return { project: readProject(text, 'The automatic copy'), path, savedAt };
    } catch {
      return null;
    }
  }
}
