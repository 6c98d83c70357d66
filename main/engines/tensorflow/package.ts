// The first way to TensorFlow: what tfjs-node-gpu does itself when it is installed. It downloads a library and an addon made for it, into a copy of
// the package that lies in the engine's folder.

import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../programs.ts';
import type { InstallJob } from './job.ts';

/** The package and the folder of packages it lies in. @param trainer the trainer's file: the packages lie above it */
export function packageFolders(trainer: string): { readonly own: string; readonly all: string } {
  const own = dirname(createRequire(trainer).resolve('@tensorflow/tfjs-node-gpu/package.json'));
  return { own, all: dirname(dirname(own)) };
}

const COPY = 'package';
/** Node-API versions that the package has addons for, newest first. */
const addons = [9, 8, 7, 6, 5, 4, 3].map((version) => `${COPY}/lib/napi-v${version}/tfjs_binding.node`);
const minutes = 60_000;

/** The addon's place in the engine's folder, or null where the download does not work here. */
export async function installByPackage({ folder, trainer, node, gpu, signal, tell }: InstallJob): Promise<string | null> {
  tell('Asking for the package’s own TensorFlow …', null);
  const { own, all } = packageFolders(trainer);
  const copy = join(folder, COPY);
  await cp(own, copy, { recursive: true });
  const env = { NODE_PATH: all, PATH: [dirname(node), join(all, '.bin'), process.env.PATH ?? ''].join(delimiter) };
  const { status } = await run(node, ['scripts/install.js', gpu ? 'gpu' : 'cpu', 'download'], { signal, cwd: copy, env, limit: 10 * minutes });
  return status === 0 ? (addons.find((addon) => existsSync(join(folder, addon))) ?? null) : null;
}
