// Starting other programs: with a time limit and their output kept, or in our place with signals and exit status passed on.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildFolder, root } from './paths.mjs';

/** @typedef {{ status: number, output: string, timedOut: boolean }} Outcome */
/** @typedef {{ show?: boolean, limit?: number, quietLimit?: number, env?: Record<string, string> }} RunOptions */

const keptOutput = 20_000;

/**
 * Our environment for child programs; the data sets that lie beside a clone are found without a setting. What Node compiles is kept, so that
 * the next start of the command line and of each trainer takes half the time.
 * @param {Record<string, string>} [more]
 */
export function environment(more = {}) {
  const beside = join(root, '../shared/data');
  const data = process.env.NETWRIGHT_DATA || !existsSync(beside) ? {} : { NETWRIGHT_DATA: beside };
  const cache = process.env.NODE_COMPILE_CACHE ? {} : { NODE_COMPILE_CACHE: join(buildFolder, 'compile-cache') };
  return { ...process.env, ...data, ...cache, ...more };
}

/**
 * Runs a program to its end. `show` passes its output on to standard error while it runs; `limit` and `quietLimit` (both in
 * milliseconds, in all and without any output) end it.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { show = false, limit = 0, quietLimit = 0, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    let timedOut = false;
    const end = () => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    const total = limit ? setTimeout(end, limit) : undefined;
    let quiet = quietLimit ? setTimeout(end, quietLimit) : undefined;
    const heard = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-keptOutput);
      if (show) process.stderr.write(chunk);
      if (quiet) quiet.refresh();
    };
    const done = (/** @type {number} */ status) => {
      clearTimeout(total);
      clearTimeout(quiet);
      quiet = undefined;
      resolve({ status, output, timedOut });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('error', (error) => {
      output += error.message;
      done(127);
    });
    // A grandchild may hold the pipes open after a kill: then `close` never comes, so `exit` has to do.
    child.on('exit', (status, signal) => timedOut && done(status ?? exitStatus(signal)));
    child.on('close', (status, signal) => done(status ?? exitStatus(signal)));
  });
}

/**
 * Runs a program in our place: same terminal, signals passed on, resolves to its exit status.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function runInPlace(program, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: environment(env), stdio: 'inherit' });
    const release = forwardSignals((signal) => child.kill(signal));
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('exit', (status, signal) => {
      release();
      resolve(status ?? exitStatus(signal));
    });
  });
}

/**
 * Keeps us alive until the child has ended by itself. At a terminal Ctrl-C reaches the child without us; a second one would be a second wish.
 * @param {(signal: NodeJS.Signals) => void} send
 */
function forwardSignals(send) {
  const handlers = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => {
    const handler = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const release of handlers) release();
  };
}

/**
 * The status a shell shows for a program that a signal has ended.
 * @param {NodeJS.Signals | null} signal
 */
function exitStatus(signal) {
  return 128 + (signal ? constants.signals[signal] : 0);
}
