// Many mutated files of one format, read one after another.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Format, outcomeOf } from './formats.ts';
import { mutated } from './mutate.ts';

export interface Mutations {
  /** How many were read though they were changed: a value is another, or nothing that is looked at. */
  read: number;
  refused: number;
  /** The most processor time that one took, seconds, as a mean over those side by side. */
  slowest: number;
  readonly surprises: string[];
}

/** A file that takes longer hangs, for a person. */
const patience = 2;

interface Tried {
  readonly seed: number;
  readonly read: boolean;
  readonly surprise: string | null;
}

async function one(format: Format, parent: string, seed: number): Promise<Tried> {
  const folder = await mkdtemp(join(parent, `${seed}-`));
  await writeFile(join(folder, format.file), mutated(format.sound(), seed));
  const { read, surprise } = await outcomeOf(format, join(folder, format.file));
  const left = (await readdir(folder)).filter((name) => name !== format.file);
  return { seed, read, surprise: surprise ?? (left.length > 0 ? `left ${left.join(', ')} behind` : null) };
}

/** Processor time, seconds. */
async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

/** Files side by side, so that none waits for the disk; where they took long together, each alone. */
async function some(format: Format, folder: string, seeds: readonly number[], into: Mutations): Promise<void> {
  const [tried, seconds] = await timed(() => Promise.all(seeds.map((seed) => one(format, folder, seed))));
  if (seconds > patience && seeds.length > 1) {
    for (const seed of seeds) await some(format, folder, [seed], into);
    return;
  }
  into.slowest = Math.max(into.slowest, seconds / seeds.length);
  for (const { seed, read, surprise } of tried) {
    if (read) into.read++;
    else into.refused++;
    if (surprise !== null) into.surprises.push(`seed ${seed}: ${surprise}`);
    if (seconds > patience) into.surprises.push(`seed ${seed}: took ${seconds} seconds`);
  }
}

/** @param together how many side by side @param each told before each of them, so that one who watches knows which hangs */
export async function mutations(format: Format, from: number, to: number, together = 32, each: (seed: number) => void = () => undefined): Promise<Mutations> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-mutations-'));
  const into: Mutations = { read: 0, refused: 0, slowest: 0, surprises: [] };
  try {
    for (let seed = from; seed < to; seed += together) {
      each(seed);
      await some(
        format,
        folder,
        Array.from({ length: Math.min(together, to - seed) }, (_, i) => seed + i),
        into,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return into;
}
