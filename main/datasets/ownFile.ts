// A person's own file as a dataset, by its ending.

import { access, constants, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { dataError } from './dataError.ts';
import { readNpz } from './npz.ts';
import type { WrittenDataset } from './prepared.ts';
import { readTable } from './table.ts';

/** Whether a dataset's name is that of a file and not of a built-in one. */
export const isFileName = (name: string): boolean => ['.npz', '.csv'].includes(extname(pathIn(name)).toLowerCase());

/** `houses.csv#price`: the file, and the column that is asked for. A project names its data so. */
export function ownFileIn(name: string): { readonly path: string; readonly target: string | null } {
  const at = name.lastIndexOf('.csv#');
  return at < 0 ? { path: resolve(name), target: null } : { path: resolve(name.slice(0, at + 4)), target: name.slice(at + 5) };
}
const pathIn = (name: string): string => ownFileIn(name).path;

/** The name by which a project refers to a file. */
export const ownFileName = (path: string, target: string | null): string => (target === null ? resolve(path) : `${resolve(path)}#${target}`);

/**
 * Reads a file of one's own.
 * @param target the column of a .csv that is asked for; null: the last
 * @param folder where the files of its numbers are put
 * @throws NetwrightError of kind `data`
 */
export async function readOwnFile(path: string, target: string | null, folder: string): Promise<WrittenDataset> {
  await checkFile(path);
  return extname(path).toLowerCase() === '.npz' ? readNpz(path, folder) : readTable(path, target, folder);
}

/** @throws NetwrightError where there is no file that can be read */
export async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found) throw dataError('file-missing', path, `There is no file ${path}. Check the name.`);
  if (!found.isFile()) throw dataError('file-kind', path, `${path} is not a file. Name an .npz or .csv file.`);
  await access(path, constants.R_OK).catch((error: Error) => {
    throw dataError('file-unreadable', path, `${path} cannot be read: ${error.message}. Check who may read it.`);
  });
}
