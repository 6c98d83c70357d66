// Compiles tfjs-node-gpu's addon against TensorFlow's libraries as the wheel has them.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineError } from '../engineError.ts';
import { firstWorking, run } from '../programs.ts';
import type { InstallJob } from './job.ts';
import { packageFolders } from './package.ts';
import { type Place, RELATIVE } from './place.ts';

const ADDON = 'tfjs_binding.node';
const compilers = [process.env.CXX, 'g++', 'clang++', 'c++'].filter((name) => name !== undefined).map((name) => [name]);

/** @throws NetwrightError where there is no compiler */
export async function findCompiler({ signal }: Pick<InstallJob, 'signal'>): Promise<string> {
  const [compiler] = (await firstWorking(compilers, ['--version'], signal)) ?? [];
  if (compiler !== undefined) return compiler;
  throw engineError(
    'engine-no-compiler',
    'tensorflow',
    'TensorFlow’s connection to Node must be compiled, and no C++ compiler was found. Install one (g++ or clang) and try again.',
  );
}

/** The addon's place in the engine's folder. @throws NetwrightError where the compiler fails */
export async function compileAddon({ folder, trainer, signal, tell }: InstallJob, place: Place, compiler: string): Promise<string> {
  tell('Compiling the addon …', null);
  const { own, all } = packageFolders(trainer);
  const tensorflow = join(folder, RELATIVE),
    include = join(tensorflow, 'include');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(own, 'binding', name));
  const includes = [join(all, 'node-api-headers', 'include'), include, own, join(own, 'binding')].map((path) => `-I${path}`);
  const undefinedLater = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const options = ['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w', ...undefinedLater];
  const { status, output } = await run(compiler, [...options, ...includes, ...sources, ...place.link(tensorflow), '-o', join(folder, ADDON)], { signal });
  if (status !== 0)
    throw engineError('engine-compile', 'tensorflow', `${compiler} could not compile TensorFlow’s addon: ${output.trim().split('\n').slice(0, 4).join(' ')}`);
  await rm(include, { recursive: true });
  return ADDON;
}
