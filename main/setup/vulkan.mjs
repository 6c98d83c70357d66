// A Vulkan driver for the tests of the graphics card: the one that the environment names, else the one in software that Chromium brings along, which
// computes the same on every machine; a card of the machine only where that is asked for.

import { existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFolder, root } from './paths.mjs';

const manifest = 'vk_swiftshader_icd.json';
const loader = 'libvulkan.so.1';
const loaderFolders = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/**
 * What a process needs in its environment to find a driver; null where there is none.
 * @param {string} platform
 * @param {Record<string, string | undefined>} environment
 * @param {string | null} browser the program of an installed Chromium
 * @param {boolean} wantsCard
 * @returns {{ title: string, env: Record<string, string> } | null}
 */
export function findVulkan(platform, environment, browser, wantsCard) {
  if (environment.VK_ICD_FILENAMES || environment.VK_DRIVER_FILES) return { title: 'the Vulkan driver that the environment names', env: {} };
  if (wantsCard && mayHaveCard(platform)) return { title: 'the graphics card of this machine', env: {} };
  return platform === 'linux' ? inSoftware(environment, browser) : null;
}

/** Whether this machine may have a graphics card: on Linux its driver has a device file; elsewhere nearly every machine has one. @param {string} platform */
function mayHaveCard(platform) {
  if (platform !== 'linux') return true;
  return existsSync('/dev/dri') ? readdirSync('/dev/dri').some((name) => name.startsWith('renderD')) : existsSync('/dev/nvidia0') || existsSync('/dev/dxg');
}

/** @param {Record<string, string | undefined>} environment @param {string | null} browser */
function inSoftware(environment, browser) {
  const beside = browser === null ? [] : [dirname(realpathSync(browser))];
  const folders = [...beside, '/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', join(root, 'node_modules/electron/dist')];
  const folder = folders.find((one) => existsSync(join(one, manifest)));
  if (!folder) return null;
  const known = loaderFolders.some((one) => existsSync(join(one, loader)));
  if (!known && !existsSync(join(folder, loader))) return null;
  const runtime = join(buildFolder, 'vulkan');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const env = { VK_ICD_FILENAMES: join(folder, manifest), XDG_RUNTIME_DIR: environment.XDG_RUNTIME_DIR ?? runtime };
  return { title: `SwiftShader, software Vulkan (${folder})`, env: known ? env : { ...env, LD_LIBRARY_PATH: folder } };
}
