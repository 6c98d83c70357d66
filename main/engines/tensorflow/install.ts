// TensorFlow onto this machine: the package's own download where it works, else the wheel with the addon compiled against it; kept only when it
// computes right. Never into the app's own folder.

import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type InstalledEngine, noteName } from '../../files/installedEngine.ts';
import { engineError } from '../engineError.ts';
import { firstWorking } from '../programs.ts';
import { compileAddon, findCompiler } from './addon.ts';
import { requireRoom, takeRoom } from './folders.ts';
import type { InstallJob } from './job.ts';
import { installByPackage } from './package.ts';
import { hasWheel, placeFor, TENSORFLOW } from './place.ts';
import { unpackWheel } from './wheel.ts';

/** TensorFlow that tfjs-node-gpu 4.22 downloads itself. */
const PACKAGE_TENSORFLOW = '2.9.1';

type System = Pick<NodeJS.Process, 'platform' | 'arch'>;

export interface InstallOptions {
  /** Where engines lie; the engine's folder becomes `tensorflow` in it. */
  readonly engines: string;
  readonly trainer: string;
  readonly node: string;
  readonly signal: AbortSignal;
  tell(step: string, share: number | null): void;
  /** Computes with what is installed in a folder of engines; the reason where it fails, or null. */
  test(engines: string): Promise<string | null>;
  /** This machine if left out. */
  readonly system?: System;
}

/** Compiled files, with their bytes. */
async function compiledFiles(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(node|so|dylib|dll)(\.|$)/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  const sized = paths.sort().map(async (path) => [relative(folder, path).split(sep).join('/'), (await stat(path)).size] as const);
  return Object.fromEntries(await Promise.all(sized));
}

async function note(folder: string, installed: Omit<InstalledEngine, 'installedAt' | 'files'>): Promise<void> {
  const whole = { ...installed, files: await compiledFiles(folder), installedAt: new Date().toISOString() };
  await writeFile(join(folder, noteName), `${JSON.stringify(whole, null, 2)}\n`);
}

async function tested({ folder, tell }: InstallJob, test: InstallOptions['test']): Promise<string | null> {
  tell('Testing …', null);
  return test(dirname(folder));
}

/** What stands in the table afterwards; why, is said while it is installed. */
const withoutCard =
  'It computes on the CPU: when it was installed, its self-test failed on the graphics card. Installed again, it tries the card again: netwright engines install tensorflow.';
const leaveCard = ({ tell }: InstallJob, failure: string): void => tell(`Not on the graphics card: ${failure}`, null);

/** @returns why the package's own download gave no engine that works; null where it did */
async function tryPackage(job: InstallJob, test: InstallOptions['test'], more: Pick<InstalledEngine, 'withoutCard'> = {}): Promise<string | null> {
  const addon = await installByPackage(job);
  if (addon === null) return 'The package’s own download does not work here.';
  await note(job.folder, { version: PACKAGE_TENSORFLOW, device: job.gpu ? 'gpu' : 'cpu', way: 'package', addon, ...more });
  return tested(job, test);
}

async function byWheel(job: InstallJob, test: InstallOptions['test'], { platform, arch }: System): Promise<void> {
  const place = placeFor(platform, arch, job.gpu);
  // Before the long download: what would fail after it.
  const compiler = await findCompiler(job);
  await requireRoom(dirname(dirname(job.folder)), job.gpu);
  await unpackWheel(job, place);
  const addon = await compileAddon(job, place, compiler);
  const noted = { version: TENSORFLOW, way: 'wheel', addon } as const;
  await note(job.folder, { ...noted, device: job.gpu ? 'gpu' : 'cpu' });
  const failure = await tested(job, test);
  if (failure === null) return;
  // A card that TensorFlow cannot use leaves the CPU: better than nothing after so long a download.
  if (job.gpu) {
    leaveCard(job, failure);
    await note(job.folder, { ...noted, device: 'cpu', withoutCard });
  }
  if (!job.gpu || (await tested(job, test)) !== null)
    throw engineError('engine-failed', 'tensorflow', `TensorFlow was installed, but does not work here: ${failure}`);
}

/** Where there is no wheel, the package's TensorFlow for the CPU is better than none beside a card that it cannot use. @throws NetwrightError where that fails too */
async function byPackageForCpu(job: InstallJob, test: InstallOptions['test'], failure: string, { platform, arch }: System): Promise<void> {
  if (job.gpu) leaveCard(job, failure);
  const done = job.gpu && (await tryPackage({ ...job, gpu: false }, test, { withoutCard })) === null;
  if (!done) placeFor(platform, arch, job.gpu);
}

async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** Installs TensorFlow, replacing an older one. @throws NetwrightError that says what is missing; the signal's reason when cancelled */
export async function installTensorflow({ engines, trainer, node, signal, tell, test, system = process }: InstallOptions): Promise<void> {
  const room = await takeRoom(engines);
  const { folder } = room;
  try {
    await emptied(folder);
    const gpu = system.platform !== 'darwin' && (await firstWorking([['nvidia-smi']], ['-L'], signal)) !== null;
    const job: InstallJob = { folder, trainer, node, gpu, signal, tell };
    const failure = await tryPackage(job, test);
    if (failure !== null) {
      await emptied(folder);
      await (hasWheel(system.platform, system.arch) ? byWheel(job, test, system) : byPackageForCpu(job, test, failure, system));
    }
    signal.throwIfAborted();
    await room.putInPlace();
  } catch (error) {
    throw signal.aborted ? error : room.inWords(error);
  } finally {
    await room.leave();
  }
}
