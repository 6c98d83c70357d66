// A Chromium for the end-to-end tests: an installed one, Playwright's, or the system's package manager's. Each is started once before it counts.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectNode, root, SetupError, say } from './paths.mjs';
import { run } from './processes.mjs';

// Debian's headless shell is the same Chromium without the window around the page: two thirds of the processor time of a test.
const headless = 'chromium-headless-shell';
const names = [headless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const minute = 60_000;

/** Path of an installed Chrome or Chromium that starts, or null. */
export function findBrowser() {
  return candidates(process.platform, process.env).find(starts) ?? null;
}

/** Path of a browser that starts; fetched where none is installed; a clear sentence where that fails too. */
export async function ensureBrowser() {
  const found = findBrowser() ?? playwrightsOwn();
  if (found) return found;
  const fetched = (await installWithPlaywright()) ?? (await installWithApt());
  if (fetched) return fetched;
  throw new SetupError(
    "No browser for the end-to-end tests: no Chrome or Chromium is installed, Playwright could not download one, and the system's package manager " +
      'could not either. Install Chromium or Chrome, or set NETWRIGHT_BROWSER to its program, and run "npm test" again.',
  );
}

/**
 * Where a browser may lie on this system, most wanted first.
 * @param {string} platform
 * @param {Record<string, string | undefined>} environment
 */
export function candidates(platform, environment) {
  const named = [environment.NETWRIGHT_BROWSER, environment.CHROME_PATH].filter((path) => path !== undefined);
  const places = platform === 'darwin' ? macPlaces() : platform === 'win32' ? windowsPlaces(environment) : linuxPlaces(environment);
  return [...named, ...places].filter((path) => existsSync(path));
}

/** @param {Record<string, string | undefined>} environment */
function linuxPlaces(environment) {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function macPlaces() {
  return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
}

/** @param {Record<string, string | undefined>} environment */
function windowsPlaces(environment) {
  const folders = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA].filter((folder) => folder !== undefined);
  return folders.flatMap((folder) => [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Chromium/Application/chrome.exe')]);
}

/**
 * Some systems put a script that only advises an installation where the browser would be. Windows' Chrome does not print its version.
 * @param {string} path
 */
function starts(path) {
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { timeout: minute / 4, encoding: 'utf8' });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

/** The browser that Playwright has downloaded before, if it starts. */
function playwrightsOwn() {
  const script = "import { chromium } from '@playwright/test'; process.stdout.write(chromium.executablePath())";
  const { stdout } = spawnSync(projectNode(), ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  return stdout && existsSync(stdout) && starts(stdout) ? stdout : null;
}

async function installWithPlaywright() {
  say("No browser is installed: trying Playwright's Chromium …");
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  await run(projectNode(), [cli, 'install', 'chromium'], { show: true, quietLimit: minute / 2, limit: 5 * minute });
  return playwrightsOwn();
}

async function installWithApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  say("Playwright's Chromium is not to be had: trying the system's package manager …");
  const options = { show: true, limit: 6 * minute, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-q'], options);
  for (const name of [headless, 'chromium']) {
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options);
    const found = findBrowser();
    if (found) return found;
  }
  return null;
}
