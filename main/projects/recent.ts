// The projects opened last, newest first. Files that are gone are left out.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Project } from '../../shared/project/project.ts';
import type { RecentProject } from '../../shared/protocol/contract.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const limit = 20;
const listSchema = z.array(
  z.object({ path: z.string(), name: z.string(), openedAt: z.string(), networks: z.array(z.string()), dataset: z.string().nullable() }),
);
const fileIn = (dataFolder: string): string => join(dataFolder, 'recent.json');

/** The list as it stands; a damaged file is an empty list. */
export async function readRecent(dataFolder: string): Promise<RecentProject[]> {
  const text = await readFile(fileIn(dataFolder), 'utf8').catch(() => '[]');
  try {
    return listSchema.parse(JSON.parse(text)).filter(({ path }) => existsSync(path));
  } catch {
    return [];
  }
}

/** Puts a project first. */
export async function addRecent(dataFolder: string, path: string, { name, networks, dataset }: Project): Promise<void> {
  const entry = { path, name, openedAt: new Date().toISOString(), networks: networks.map((network) => network.name), dataset };
  const others = (await readRecent(dataFolder)).filter((one) => one.path !== path);
  await atomicWrite(fileIn(dataFolder), JSON.stringify([entry, ...others].slice(0, limit), null, 2));
}
