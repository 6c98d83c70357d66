// Brings node_modules to what the lock file says: nothing to do in most starts, `npm ci` without install scripts otherwise.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { buildFolder, findNode, root, SetupError, say } from './paths.mjs';
import { run } from './processes.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.netwright-setup');
const progressEvery = 4_000;
/** A registry that cannot be reached is known after seconds, not minutes. */
const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000', '--fetch-timeout=60000'];

/** Installs the dependencies unless they are what the lock file says. Several at once wait for the first. */
export async function ensureInstalled() {
  if (isCurrent()) return;
  await withLock(join(buildFolder, 'setup.lock'), async () => {
    if (isCurrent()) return;
    if (!matchesLock(readLock(join(root, 'package-lock.json')), readLock(join(modules, '.package-lock.json')))) await install();
    writeFileSync(stampFile, lockHash());
  });
}

function isCurrent() {
  try {
    return readFileSync(stampFile, 'utf8') === lockHash() && findNode() !== null;
  } catch {
    return false;
  }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Whether what npm last wrote down as installed is what the lock file asks for. Optional packages may be missing: they are other systems'.
 * @param {Record<string, LockedPackage> | null} wanted
 * @param {Record<string, LockedPackage> | null} installed
 */
export function matchesLock(wanted, installed) {
  if (!wanted || !installed || findNode() === null) return false;
  const there = (/** @type {[string, LockedPackage]} */ [path, { version, integrity, optional }]) => {
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  };
  const packages = Object.entries(wanted).filter(([path]) => path !== '');
  return packages.every(there) && Object.keys(installed).every((path) => path in wanted);
}

async function install() {
  say('Installing dependencies (first start, or they have changed) …');
  const started = Date.now();
  rmSync(stampFile, { force: true });
  const progress = setInterval(() => say(`  ${countPackages()} packages there, ${seconds(started)} s`), progressEvery);
  try {
    await installWithNpm();
  } finally {
    clearInterval(progress);
  }
  if (findNode() === null) say('The project brings no Node for this system; the running one will have to do.');
  say(`Dependencies installed in ${seconds(started)} s.`);
}

/**
 * `npm ci` takes exactly what the lock file names. It refuses lock files in which npm left out packages of other systems, as npm does where a
 * registry lacks them; `npm install` then still keeps to every version that is named. On Windows, files of running programs (this Node may be
 * one) cannot be deleted, and `npm ci` begins by deleting.
 */
async function installWithNpm() {
  const careful = ['install', '--no-save'];
  const mustNotDelete = process.platform === 'win32' && existsSync(modules);
  let outcome = await npm(mustNotDelete ? careful : ['ci']);
  if (outcome.status !== 0 && /EUSAGE/.test(outcome.output)) outcome = await npm(careful);
  if (outcome.status !== 0) throw new SetupError(explainNpm(outcome.output));
}

/** @param {string[]} words */
function npm(words) {
  const { program, args } = npmCommand();
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...patience, '--loglevel=error'];
  const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ELECTRON_SKIP_BINARY_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  return run(program, [...args, ...words, ...flags], { env });
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('.js') && existsSync(script)) return { program: node ?? process.execPath, args: [script] };
  return process.platform === 'win32' ? { program: 'cmd.exe', args: ['/d', '/s', '/c', 'npm.cmd'] } : { program: 'npm', args: [] };
}

/**
 * npm's failure in a sentence that says what to do, followed by npm's own words.
 * @param {string} output
 */
export function explainNpm(output) {
  /** @type {[RegExp, string][]} */
  const reasons = [
    [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network request/, unreachable],
    [
      /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/,
      'The package registry answered with a certificate that is not trusted here. Set npm\'s "cafile" and try again.',
    ],
    [/\bE40[13]\b/, 'The package registry refused the request. Check the registry and the login in your npm configuration, then try again.'],
    [
      /EUSAGE|can only install.*in sync/,
      'package.json and package-lock.json do not say the same. Run "npm install --ignore-scripts" once and commit both files.',
    ],
    [/ENOSPC/, 'The disk is full: the dependencies need about 1.5 GB. Make room and try again.'],
    [/EACCES|EPERM|EROFS/, `The folder ${root} cannot be written. Change its permissions or clone somewhere else, then try again.`],
    [/ENOENT.*npm|spawn npm/, 'npm was not found. It comes with Node 20 or newer: install that and try again.'],
  ];
  const reason =
    reasons.find(([pattern]) => pattern.test(output))?.[1] ??
    'npm could not install the dependencies. What it said stands below; try again when that is mended.';
  return `${reason}\n${output.trim().split('\n').slice(0, 12).join('\n')}`;
}

const unreachable =
  'The package registry could not be reached, so the dependencies are not installed. Check the network, the proxy and "npm config get registry", then try again.';

function countPackages() {
  try {
    return readdirSync(modules).length;
  } catch {
    return 0;
  }
}

/** @param {number} since */
function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
