// Sound Keras files with bytes overwritten or cut off, seeded: each is read or refused in words, never anything else.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomBits, randomKey } from '../../../shared/lib/random.ts';
import { fixture } from '../testing/modelFiles.ts';
import { readKeras } from './readKeras.ts';

const folder = mkdtempSync(join(tmpdir(), 'netwright-mutations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const below = (limit: number, seed: number, what: string, i = 0): number => randomBits(randomKey(seed, what), 0, i) % limit;

/** One to eight bytes written over, every other time near the start, where structure is; every seventh file is cut off. */
function mutated(sound: Uint8Array, seed: number): Uint8Array {
  const bytes = Uint8Array.from(sound);
  const reach = seed % 2 ? bytes.length : Math.min(bytes.length, 4096);
  for (let i = below(8, seed, 'count'); i >= 0; i--) bytes[below(reach, seed, 'place', i)] = below(256, seed, 'value', i);
  return seed % 7 === 0 ? bytes.subarray(0, below(bytes.length, seed, 'end')) : bytes;
}

/** Null where all is well, else what happened instead. */
async function surprise(path: string): Promise<string | null> {
  try {
    const { network, weights } = await readKeras(path);
    return network.nodes.length > 0 && weights.size > 0 ? null : 'an empty model';
  } catch (error) {
    const { name, kind } = error as { name?: string; kind?: string };
    return name === 'NetwrightError' && kind === 'project' ? null : String((error as Error).stack);
  }
}

test.each(['perceptrons.keras', 'perceptrons.h5'])(
  '%s, 40 times',
  async (name) => {
    const sound = readFileSync(fixture(name));
    const surprises: string[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const path = join(folder, `${seed}`);
      writeFileSync(path, mutated(sound, seed));
      const found = await surprise(path);
      if (found !== null) surprises.push(`seed ${seed}: ${found}`);
    }
    expect(surprises).toEqual([]);
  },
  60_000,
);
