// Where TensorFlow is built and where it then lies: one installation at a time, nothing of an earlier one left, the old engine kept until the new one
// takes its place. What the disk refuses is said in words.

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetwrightError } from '../../../shared/lib/errors.ts';
import { makeFolder } from '../../files/atomicWrite.ts';
import { engineError } from '../engineError.ts';

const NAME = 'tensorflow';
const DAY = 24 * 3600 * 1000;
/** What certainly is needed while it is installed: the download, and what is unpacked of it. */
const NEEDED = { cpu: 1.2e9, gpu: 6e9 } as const;

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const diskFull = (engines: string): NetwrightError =>
  engineError(
    'engine-disk-full',
    engines,
    `The disk is full: TensorFlow could not be installed in ${engines}. It needs about ${gigabytes(NEEDED.cpu)} GB there for a while (with CUDA ${gigabytes(NEEDED.gpu)} GB or more). Make room, or set NETWRIGHT_HOME to a larger disk.`,
  );

/** @throws NetwrightError before anything is downloaded for which there is no room */
export async function requireRoom(engines: string, gpu: boolean): Promise<void> {
  const { bavail, bsize } = await statfs(engines);
  const needed = gpu ? NEEDED.gpu : NEEDED.cpu;
  if (bavail * bsize >= needed) return;
  throw engineError(
    'engine-disk-full',
    engines,
    `There is not enough room for TensorFlow: it needs about ${gigabytes(needed)} GB while it is installed, and ${gigabytes(bavail * bsize)} GB are free in ${engines}. Make room, or set NETWRIGHT_HOME to a larger disk.`,
  );
}

/** What others have begun in the folder of engines. @throws NetwrightError where one of them is at work now */
async function clearLeftovers(engines: string): Promise<void> {
  for (const name of await readdir(engines)) {
    const pid = Number(/^\.(?:installing|removing)-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid)) continue;
    const path = join(engines, name);
    // A number is given to another program some day: nothing is installed for so long.
    const age = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? 0);
    if (pid !== process.pid && isAlive(pid) && age < DAY)
      throw engineError(
        'engine-installing',
        NAME,
        `TensorFlow is being installed by another Netwright at this moment (process ${pid}). Wait until it has ended.`,
      );
    await rm(path, { recursive: true, force: true });
  }
}

/** A file that is loaded cannot be moved on Windows. */
const inUse = new Set(['EBUSY', 'EPERM', 'ENOTEMPTY']);
const refused = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST', 'ENOENT']);

function inWords(error: unknown, engines: string): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || /No space left on device/i.test(message)) return diskFull(engines);
  if (syscall === 'rename' && inUse.has(code ?? ''))
    return engineError('engine-in-use', NAME, 'TensorFlow is in use: its files cannot be moved. Stop the trainings that run on it, then try again.');
  if (refused.has(code ?? ''))
    return engineError(
      'engine-folder',
      engines,
      `The folder of engines ${engines} cannot be written: ${message}. Check who may write there, or set NETWRIGHT_HOME to another folder.`,
    );
  return error;
}

export interface Room {
  /** Where it is built; nothing else is in it. */
  readonly folder: string;
  /** Makes what was built the installed engine, in place of an older one. */
  putInPlace(): Promise<void>;
  /** What went wrong, in words where the disk is to blame. */
  inWords(error: unknown): unknown;
  /** Removes what is left of building it. */
  leave(): Promise<void>;
}

/** A place to build it in. @throws NetwrightError where it is being installed already, or nothing can be written */
export async function takeRoom(engines: string): Promise<Room> {
  const building = join(engines, `.installing-${process.pid}`);
  const [folder, place, old] = [join(building, NAME), join(engines, NAME), join(building, 'old')];
  try {
    await makeFolder(engines);
    await clearLeftovers(engines);
    await mkdir(building);
  } catch (error) {
    throw inWords(error, engines);
  }
  return {
    folder,
    async putInPlace() {
      const hadOne = existsSync(place);
      if (hadOne) await rename(place, old);
      try {
        await rename(folder, place);
      } catch (error) {
        if (hadOne) await rename(old, place);
        throw error;
      }
    },
    inWords: (error) => inWords(error, engines),
    leave: () => rm(building, { recursive: true, force: true }),
  };
}

/** Removes TensorFlow. @returns whether it was there @throws NetwrightError where its files are in use */
export async function uninstallTensorflow(engines: string): Promise<boolean> {
  const place = join(engines, NAME);
  if (!existsSync(place)) return false;
  const aside = join(engines, `.removing-${process.pid}`);
  try {
    // First its name: a folder of which only some could be removed would be half an engine.
    await rename(place, aside);
    await rm(aside, { recursive: true, force: true });
  } catch (error) {
    throw inWords(error, engines);
  }
  return true;
}
