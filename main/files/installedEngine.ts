// An engine that was installed apart: its folder and the note of what lies in it. Written by main/engines, read by the trainer.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const installedSchema = z.object({
  /** The library's own version. */
  version: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** Why it computes on the CPU of a machine with a graphics card: a sentence. */
  withoutCard: z.string().optional(),
  /** How it came here: the package's own download, or a Python wheel with the addon compiled against it. */
  way: z.enum(['package', 'wheel']),
  /** The file that Node loads, from the engine's folder on. */
  addon: z.string(),
  /** Its compiled files from the engine's folder on, with their bytes: what is cut short or gone would end the process that loads it. Older notes have none. */
  files: z.record(z.string(), z.number()).optional(),
  /** ISO 8601. */
  installedAt: z.string(),
});
export type InstalledEngine = z.infer<typeof installedSchema>;

/** The note's name in an engine's folder; it is written last. */
export const noteName = 'engine.json';
/** The environment variable that tells a trainer where engines are installed. */
export const enginesVariable = 'NETWRIGHT_ENGINES';
/** The one that tells it where its own script is: a trainer starts another to try a graphics card. */
export const trainerVariable = 'NETWRIGHT_TRAINER';

/** What is installed in a folder; null where nothing is, or not wholly. */
export function installedEngine(folder: string): InstalledEngine | null {
  try {
    return installedSchema.parse(JSON.parse(readFileSync(join(folder, noteName), 'utf8')));
  } catch {
    return null;
  }
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;

/** The first file of an installed engine that is gone or of another size; null where all are there. */
export function damagedFile(folder: string, { addon, files = {} }: InstalledEngine): string | null {
  if (sizeOf(join(folder, addon)) === null) return addon;
  return Object.entries(files).find(([name, size]) => sizeOf(join(folder, name)) !== size)?.[0] ?? null;
}
