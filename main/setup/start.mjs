// What `npm start` does once everything is installed: the Electron window where it can be had, else the same app in the browser.

import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { findElectron } from './electronBinary.mjs';
import { projectNode, root, say } from './paths.mjs';
import { runInPlace } from './processes.mjs';

/** A shell that ends with an error so soon has not come up; the sandbox is missing on some systems. */
const startUp = 10_000;

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit status
 */
export async function start(args) {
  await ensureBuilt('renderer');
  const electron = await findElectron();
  if (electron) {
    await ensureBuilt('electron');
    const began = Date.now();
    const status = await runInPlace(electron, [root, ...args], { env: { NETWRIGHT_NODE: projectNode() } });
    if (status === 0 || Date.now() - began > startUp) return status;
    say(`Electron could not start (status ${status}): the app opens in the browser.`);
  }
  return netwright(['serve', ...args]);
}

/**
 * The command line, run from source.
 * @param {string[]} args
 * @returns {Promise<number>} exit status
 */
export function netwright(args) {
  return runInPlace(projectNode(), ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/netwright.ts'), ...args], { cwd: callersFolder() });
}

/** npm runs scripts in the clone; paths that a person types are meant from where they stand. */
function callersFolder() {
  return (process.env.npm_lifecycle_event === 'netwright' && process.env.INIT_CWD) || process.cwd();
}
