// Which npm packages the installed app must carry as plain files so that TensorFlow can be installed later: tfjs-node-gpu with what it needs,
// and the headers its addon is compiled with. tfjs' packages bundle themselves for Node in one file each, which is all that is taken of them.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const wanted = ['@tensorflow/tfjs-node-gpu', 'node-api-headers'];
/** For browsers and for tfjs' own command line; nothing of it is loaded in Node. */
const unused = /^(@types\/|@webgpu\/|(core-js|regenerator-runtime|yargs|chalk|argparse)$)/;

/**
 * The folder of a package as Node finds it from another one's folder.
 * @param {string} modules the clone's node_modules
 * @param {string} from
 * @param {string} name
 */
function find(modules, from, name) {
  for (let folder = from; folder.startsWith(dirname(modules)); folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(path)) return path;
  }
  throw new Error(`The package ${name}, which ${from} needs, is not installed.`);
}

/** @param {string} folder */
const manifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * What of a package is needed: everything, or of tfjs' bundles the one for Node.
 * @param {string} folder
 */
function partsOf(folder) {
  const { name, main } = manifest(folder);
  if (name === '@tensorflow/tfjs-node-gpu') return ['package.json', 'dist', 'binding', 'binding.gyp', 'scripts'].map((part) => join(folder, part));
  return name.startsWith('@tensorflow/') ? ['package.json', main].map((part) => join(folder, part)) : [folder];
}

/**
 * Files and folders below a clone's node_modules, each package once.
 * @param {string} modules
 * @returns {string[]}
 */
export function carriedPackages(modules) {
  /** @type {Set<string>} */
  const folders = new Set();
  /** @type {[string, string][]} */
  const waiting = wanted.map((name) => [dirname(modules), name]);
  for (const [from, name] of waiting) {
    const folder = find(modules, from, name);
    if (folders.has(folder)) continue;
    folders.add(folder);
    const needed = Object.keys(manifest(folder).dependencies ?? {}).filter((one) => !unused.test(one));
    waiting.push(...needed.map((/** @type {string} */ one) => /** @type {[string, string]} */ ([folder, one])));
  }
  return [...folders].flatMap(partsOf);
}
