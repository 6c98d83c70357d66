// Whether the app can open in an Electron window on this machine; where only Electron's binary is missing, one short try to fetch it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFolder, projectNode, root, say } from './paths.mjs';
import { run } from './processes.mjs';

const folder = join(root, 'node_modules/electron');
const failureFile = join(buildFolder, 'electron-unavailable.json');
const downloadLimit = 20_000;
const tryAgainAfter = 24 * 60 * 60 * 1000;

/** Path of Electron's binary, or null with a line that says why the app opens in the browser instead. */
export async function findElectron() {
  const obstacle = whyNoWindow(process.platform, process.env, process.getuid?.() === 0);
  if (obstacle) return refuse(obstacle);
  const binary = binaryPath() ?? (await download());
  return binary ?? refuse("Electron's binary is not here and could not be downloaded");
}

/** @param {string} reason */
function refuse(reason) {
  say(`${reason}: the app opens in the browser.`);
  return null;
}

/**
 * What stands against a window, whether or not the binary is there.
 * @param {string} platform
 * @param {Record<string, string | undefined>} environment
 * @param {boolean} isRoot
 */
export function whyNoWindow(platform, environment, isRoot) {
  if (platform !== 'linux') return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'No display is connected';
  return isRoot ? "Electron's sandbox does not work as root" : null;
}

/** Electron's own note of where its program lies; it stands there only after a whole download. */
function binaryPath() {
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function download() {
  if (failedLately()) return null;
  say("Fetching Electron's binary (once, 20 seconds at most) …");
  const outcome = await run(projectNode(), [join(folder, 'install.js')], { limit: downloadLimit });
  const path = binaryPath();
  if (!path) rememberFailure(outcome.timedOut ? 'no answer in time' : (outcome.output.trim().split('\n')[0] ?? ''));
  return path;
}

function version() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

function failedLately() {
  try {
    const failure = JSON.parse(readFileSync(failureFile, 'utf8'));
    return failure.version === version() && Date.now() - Date.parse(failure.date) < tryAgainAfter;
  } catch {
    return false;
  }
}

/** @param {string} reason */
function rememberFailure(reason) {
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, `${JSON.stringify({ version: version(), date: new Date().toISOString(), reason }, null, 2)}\n`);
}
