// The built window's files, read from one folder and from nowhere else.

import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** A file of the folder, links resolved; null where there is none or where it lies outside. */
export async function staticFile(folder: string, path: string): Promise<StaticFile | null> {
  const type = types[extname(path)];
  if (!type) return null;
  try {
    const root = await realpath(folder),
      file = await realpath(join(root, path));
    return file.startsWith(root + sep) ? { body: new Uint8Array(await readFile(file)), type } : null;
  } catch {
    return null;
  }
}
