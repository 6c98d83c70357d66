// One set-up at a time in one clone: a lock file with the holder's process id, which a crash cannot leave behind for good.

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './paths.mjs';

const beat = 1_000;
/** A holder that has not touched its lock for so long is gone, even where its process id lives on in another process. */
const silence = 30_000;
const look = 150;

/**
 * Runs `work` while nobody else in this clone does.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path);
  const heartbeat = setInterval(() => touch(path), beat);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
async function acquire(path) {
  let told = false;
  while (!create(path)) {
    const holder = readHolder(path);
    if (holder !== null && isStale(path, holder)) {
      breakLock(path, holder);
      continue;
    }
    if (!told && holder !== null) say(`Waiting for another set-up of this clone (process ${holder}) …`);
    told = true;
    await pause(look);
  }
}

/**
 * The file appears with its content in one step (a link), so nobody reads it half written.
 * @param {string} path
 */
function create(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} path */
function readHolder(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @param {string} holder
 */
function isStale(path, holder) {
  if (!isAlive(Number(holder))) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > silence;
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Takes a dead holder's lock away. Two may try at once: whoever finds that it took a living one's lock puts it back.
 * @param {string} path
 * @param {string} holder
 */
function breakLock(path, holder) {
  const taken = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, taken);
    if (readHolder(taken) !== holder) linkSync(taken, path);
  } catch {
    // Somebody was faster; the next look shows how things stand.
  }
  rmSync(taken, { force: true });
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The build folder was deleted under us; the work itself will say so if that matters.
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
