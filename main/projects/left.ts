// Projects that were left without being saved when another took their place: kept as files in the data folder, the newest few, and listed
// among the recent ones, so that leaving a project never asks and never loses.

import { readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Project } from '../../shared/project/project.ts';
import { serializeProject } from '../../shared/project/read.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const most = 20;
const folderIn = (dataFolder: string): string => join(dataFolder, 'left');

/** Whether a path is that of a project left without being saved. */
export const isLeft = (dataFolder: string, path: string): boolean => dirname(resolve(path)) === resolve(folderIn(dataFolder));

/** Writes it under a name of its own; beyond twenty the oldest goes. @returns its path */
export async function keepLeft(dataFolder: string, project: Project): Promise<string> {
  const folder = folderIn(dataFolder);
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const name =
    project.name
      .replaceAll(/[^\p{L}\p{N} _-]+/gu, ' ')
      .trim()
      .slice(0, 60) || 'project';
  const path = join(folder, `${time} ${name}.netwright`);
  await atomicWrite(path, serializeProject(project));
  const files = (await readdir(folder)).filter((file) => file.endsWith('.netwright')).sort();
  for (const old of files.slice(0, -most)) await rm(join(folder, old), { force: true });
  return path;
}
