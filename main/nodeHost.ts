// The host of a plain Node process: the command line and the browser's server. Electron's shell builds on it.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { Folders, Host } from './host.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The system's folders for Netwright, or those under NETWRIGHT_HOME. */
function foldersFor(environment: Environment): Folders {
  const home = environment.NETWRIGHT_HOME;
  if (home) return { data: join(resolve(home), 'data'), cache: join(resolve(home), 'cache') };
  const { data, cache } = envPaths('netwright', { suffix: '' });
  return { data, cache };
}

/** The folder that holds package.json: of the clone, or of the packaged app. */
export function rootFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`There is no package.json above ${from}.`);
  }
}

/** NETWRIGHT_DATA, and in a clone the data folder that lies beside it. */
function dataFoldersFor(environment: Environment, root: string): string[] {
  const beside = join(root, '..', 'shared', 'data');
  return [...(environment.NETWRIGHT_DATA ? [resolve(environment.NETWRIGHT_DATA)] : []), ...(existsSync(beside) ? [beside] : [])];
}

/** A host without dialogs. */
export function nodeHost(environment: Environment = process.env): Host {
  const root = rootFolder();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folders = foldersFor(environment);
  return {
    kind: 'browser',
    version,
    folders,
    engines: join(folders.data, 'engines'),
    assets: join(root, 'assets'),
    dataFolders: dataFoldersFor(environment, root),
    node: process.execPath,
    trainer: join(root, 'main', 'trainer', 'child.ts'),
    dialogs: null,
  };
}
