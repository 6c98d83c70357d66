// TensorFlow onto this machine: the package's own download where it works, else the wheel with the addon compiled against it; kept only when it
// computes right. Never into the app's own folder.

import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type InstalledEngine, noteName } from '../../files/installedEngine.ts';
import { engineError } from '../engineError.ts';
import { firstWorking } from '../programs.ts';
import { compileAddon } from './addon.ts';
import type { InstallJob } from './job.ts';
import { installByPackage } from './package.ts';
import { placeFor, TENSORFLOW } from './place.ts';
import { unpackWheel } from './wheel.ts';

/** TensorFlow that tfjs-node-gpu 4.22 downloads itself. */
const PACKAGE_TENSORFLOW = '2.9.1';

export interface InstallOptions {
  /** Where engines lie; the engine's folder becomes `tensorflow` in it. */
  readonly engines: string;
  readonly trainer: string;
  readonly node: string;
  readonly signal: AbortSignal;
  tell(step: string, share: number | null): void;
  /** Computes with what is installed in a folder of engines; the reason where it fails, or null. */
  test(engines: string): Promise<string | null>;
}

async function note(folder: string, installed: Omit<InstalledEngine, 'installedAt'>): Promise<void> {
  await writeFile(join(folder, noteName), `${JSON.stringify({ ...installed, installedAt: new Date().toISOString() }, null, 2)}\n`);
}

async function tested({ folder, tell }: InstallJob, test: InstallOptions['test']): Promise<string | null> {
  tell('Testing …', null);
  return test(dirname(folder));
}

/** Whether the package's own download gave an engine that works. */
async function tryPackage(job: InstallJob, test: InstallOptions['test']): Promise<boolean> {
  const addon = await installByPackage(job);
  if (addon === null) return false;
  await note(job.folder, { version: PACKAGE_TENSORFLOW, device: job.gpu ? 'gpu' : 'cpu', way: 'package', addon });
  return (await tested(job, test)) === null;
}

async function byWheel(job: InstallJob, test: InstallOptions['test']): Promise<void> {
  const place = placeFor(process.platform, process.arch, job.gpu);
  await unpackWheel(job, place);
  const addon = await compileAddon(job, place);
  const noted = { version: TENSORFLOW, way: 'wheel', addon } as const;
  await note(job.folder, { ...noted, device: job.gpu ? 'gpu' : 'cpu' });
  const failure = await tested(job, test);
  if (failure === null) return;
  // A card that TensorFlow cannot use leaves the CPU: better than nothing after so long a download.
  if (job.gpu)
    await note(job.folder, { ...noted, device: 'cpu', withoutCard: `It computes on the CPU, since it did not work on the graphics card: ${failure}` });
  if (!job.gpu || (await tested(job, test)) !== null)
    throw engineError('engine-failed', 'tensorflow', `TensorFlow was installed, but does not work here: ${failure}`);
}

async function emptied(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** Installs TensorFlow, replacing an older one. @throws NetwrightError that says what is missing; the signal's reason when cancelled */
export async function installTensorflow({ engines, trainer, node, signal, tell, test }: InstallOptions): Promise<void> {
  const building = join(engines, `.installing-${process.pid}`),
    folder = join(building, 'tensorflow');
  try {
    await emptied(folder);
    const gpu = process.platform !== 'darwin' && (await firstWorking([['nvidia-smi']], ['-L'], signal)) !== null;
    const job: InstallJob = { folder, trainer, node, gpu, signal, tell };
    if (!(await tryPackage(job, test))) {
      await emptied(folder);
      await byWheel(job, test);
    }
    signal.throwIfAborted();
    await uninstallTensorflow(engines);
    await rename(folder, join(engines, 'tensorflow'));
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Removes TensorFlow. @returns whether it was there */
export async function uninstallTensorflow(engines: string): Promise<boolean> {
  const folder = join(engines, 'tensorflow');
  const was = existsSync(folder);
  await rm(folder, { recursive: true, force: true });
  return was;
}
