// electron-builder's hook before it packs one system: lays out in dist/carried what the installed app needs as plain files, for that system alone.
//
//   node/       the Node that runs the trainer
//   trainer/    the trainer's bundle, ONNX Runtime beside it, and what TensorFlow is installed with

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Arch } from 'electron-builder';
import { nodePackages, root } from '../../main/setup/paths.mjs';
import { carriedPackages } from './carriedPackages.mjs';

/** @param {{ electronPlatformName: string, arch: Arch, packager: { platform: { buildConfigurationKey: string } } }} context */
export default async function beforePack({ electronPlatformName: platform, arch, packager }) {
  const cpu = Arch[arch] ?? '';
  const folder = join(root, 'dist/carried', `${packager.platform.buildConfigurationKey}-${cpu}`);
  rmSync(folder, { recursive: true, force: true });
  carryNode(platform, cpu, join(folder, 'node'));
  carryTrainer(platform, cpu, join(folder, 'trainer'));
}

/**
 * @param {string} platform
 * @param {string} cpu
 * @param {string} folder
 */
function carryNode(platform, cpu, folder) {
  const name = nodePackages[`${platform}-${cpu}`];
  if (!name) throw new Error(`There is no Node package for ${platform}-${cpu}: add one to package.json and main/setup/paths.mjs.`);
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(root, 'node_modules', name);
  const source = existsSync(installed) ? installed : fetchPackage(name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, 'bin', program), join(folder, program));
  cpSync(join(source, 'LICENSE'), join(folder, 'LICENSE'));
}

/**
 * npm installs only the own system's Node; for another one its package is fetched in the version package.json names.
 * @param {string} name
 */
function fetchPackage(name) {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'netwright-node-'));
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', `${name}@${optionalDependencies[name]}`, '--json', '--pack-destination', folder], { encoding: 'utf8' }),
  );
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
  return join(folder, 'package');
}

/**
 * @param {string} platform
 * @param {string} cpu
 * @param {string} folder
 */
function carryTrainer(platform, cpu, folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'dist/electron/trainer.mjs'), join(folder, 'trainer.mjs'));
  const runtime = 'node_modules/onnxruntime-node';
  for (const part of ['package.json', 'LICENSE', 'dist']) carry(`${runtime}/${part}`, folder);
  // Intel Macs have no binary; the app says so where it lists its engines.
  carry(`${runtime}/bin/napi-v6/${platform}/${cpu}`, folder);
  for (const part of ['package.json', 'LICENSE', 'dist/cjs']) carry(`node_modules/onnxruntime-common/${part}`, folder);
  // TensorFlow itself is installed later, if a person wants it (main/engines).
  for (const path of carriedPackages(join(root, 'node_modules'))) carry(relative(root, path), folder);
}

/**
 * @param {string} path relative to the clone
 * @param {string} folder
 */
function carry(path, folder) {
  if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true, filter: (source) => !/\.(map|d\.ts)$/.test(source) });
}
