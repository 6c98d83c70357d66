// Builds what the app cannot run from source: the renderer for the browser, the shell for Electron. Only when their sources have changed.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { buildFolder, distFolder, projectNode, root, SetupError, say } from './paths.mjs';
import { run } from './processes.mjs';

/** @typedef {{ name: string, config: string, modes: string[], sources: string[], result: string }} Target */

const common = ['package-lock.json', 'tsconfig.base.json'];
/** @type {Record<'renderer' | 'electron', Target>} */
const targets = {
  renderer: { name: 'the window', config: 'renderer/vite.config.ts', modes: ['production'], sources: ['renderer', 'shared', ...common], result: 'renderer' },
  electron: {
    name: 'the shell',
    config: 'electron/vite.config.ts',
    modes: ['main', 'preload', 'trainer'],
    sources: ['electron', 'main', 'shared', ...common],
    result: 'electron',
  },
};

/**
 * Brings dist/ up to date with the sources. Several at once wait for the first.
 * @param {'renderer' | 'electron'} which
 */
export async function ensureBuilt(which) {
  const target = targets[which];
  const wanted = hashSources(target.sources);
  if (isBuilt(target, wanted)) return;
  await withLock(join(buildFolder, `build-${which}.lock`), async () => {
    if (!isBuilt(target, wanted)) await build(target, wanted);
  });
}

/** @param {Target} target */
function stampOf({ result }) {
  return join(distFolder, `${result}.stamp`);
}

/**
 * @param {Target} target
 * @param {string} wanted
 */
function isBuilt(target, wanted) {
  const stamp = stampOf(target);
  return existsSync(join(distFolder, target.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/**
 * Builds into a folder beside the old one and swaps them, so that a running app never meets half a build.
 * @param {Target} target
 * @param {string} hash
 */
async function build(target, hash) {
  say(`Building ${target.name} …`);
  const started = Date.now();
  const result = join(distFolder, target.result);
  const [fresh, old] = [`${result}.new`, `${result}.old`];
  mkdirSync(distFolder, { recursive: true });
  rmSync(fresh, { recursive: true, force: true });
  for (const mode of target.modes) await runVite(target, mode, fresh);
  rmSync(stampOf(target), { force: true });
  rmSync(old, { recursive: true, force: true });
  if (existsSync(result)) renameSync(result, old);
  renameSync(fresh, result);
  rmSync(old, { recursive: true, force: true });
  writeFileSync(stampOf(target), hash);
  say(`Built ${target.name} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/**
 * @param {Target} target
 * @param {string} mode
 * @param {string} folder
 */
async function runVite({ name, config, modes }, mode, folder) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const place = modes.length === 1 ? '--emptyOutDir' : '--emptyOutDir=false';
  const args = [vite, 'build', '--config', join(root, config), '--mode', mode, '--outDir', folder, place, '--logLevel', 'warn'];
  const outcome = await run(projectNode(), args);
  if (outcome.status !== 0) throw new SetupError(`Building ${name} failed (vite, ${config}, ${mode}):\n${outcome.output.trim()}`);
}

/**
 * One hash over names and contents of all files a build reads; tests are none of them.
 * @param {string[]} sources files and folders, relative to the clone
 */
export function hashSources(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  const entries = existsSync(join(root, path)) ? listFolder(join(root, path)) : [];
  if (entries === null) return [path];
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules' || /\.test\.tsx?$/.test(entry.name)) return [];
    const inner = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesIn(inner) : [inner];
  });
}

/** @param {string} path Entries in the order of their names; null for a file. */
function listFolder(path) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
}
