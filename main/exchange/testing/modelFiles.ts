// Makes model files for tests out of a sound one: a .keras with another configuration, an .h5 with links. No fixtures of their own.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import h5wasm, { File, type Group } from 'h5wasm';

/** What a configuration file holds, to be changed freely. */
// biome-ignore lint/suspicious/noExplicitAny: JSON that tests bend in every way, also into what no type allows
export type Bendable = any;

export const fixture = (name: string): string => join(import.meta.dirname, '../keras/fixtures', name);

/** Writes a .keras like the fixture, with its configuration changed in place. */
export function bentArchive(path: string, name: string, bend: (config: Bendable) => void, more: Zippable = {}): string {
  const entries = unzipSync(readFileSync(fixture(name)));
  const config = JSON.parse(strFromU8(entries['config.json'] as Uint8Array));
  bend(config);
  return archive(path, { ...entries, 'config.json': strToU8(JSON.stringify(config)), ...more });
}

export function archive(path: string, entries: Zippable, level: 0 | 9 = 0): string {
  writeFileSync(path, zipSync(entries, { level }));
  return path;
}

/** Writes an .h5 with the fixture's configuration and whatever else is put into it. */
export async function bentFile(path: string, name: string, put: (root: Group) => void): Promise<string> {
  const library = await h5wasm.ready;
  library.FS.writeFile('source.h5', readFileSync(fixture(name)));
  const source = new File('source.h5', 'r');
  const config = source.attrs.model_config?.value as string;
  source.close();
  const file = new File('made.h5', 'w');
  file.create_attribute('model_config', config);
  put(file);
  file.close();
  writeFileSync(path, library.FS.readFile('made.h5'));
  return path;
}
