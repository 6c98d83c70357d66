// The way in: `node main/setup/run.mjs COMMAND …` makes a clone ready and runs the command with the project's own Node 24.
// Any Node from 20 on can run this file; it imports nothing that must be installed.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { check, conformanceOnGpu, test } from './checks.mjs';
import { ensureInstalled } from './install.mjs';
import { projectNode, root, SetupError, say } from './paths.mjs';
import { runInPlace } from './processes.mjs';
import { netwright, start } from './start.mjs';
import { ensureTensorflow } from './tensorflow.mjs';

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start,
  test,
  check,
  netwright: async (args) => {
    if (args[0] === 'serve') await ensureBuilt('renderer');
    return netwright(args);
  },
  bench: async (args) => {
    const { folder } = await ensureTensorflow();
    if (!folder) throw new SetupError('The bench compares with TensorFlow, which could not be installed.');
    return script('e2e/bench/index.ts', args);
  },
  'bench:ui': async (args) => {
    await ensureBuilt('renderer');
    return script('e2e/bench/ui/index.ts', args);
  },
  'bench:gpu': (args) => script('e2e/bench/gpu.ts', args),
  cudnn: (args) => script('e2e/cudnn/index.ts', args),
  'keras-code': (args) => script('e2e/keras/code.ts', args),
  'keras-drawn': (args) => script('e2e/keras/drawn.ts', args),
  'keras-files': (args) => script('e2e/keras/files.ts', args),
  'keras-random': async (args) => {
    if (args.includes('tensorflow')) await ensureTensorflow();
    return script('e2e/keras/random/index.ts', args);
  },
  parity: async (args) => {
    if (args.includes('tensorflow')) await ensureTensorflow();
    return script('e2e/parity/index.ts', args);
  },
  trust: (args) => script('e2e/trust/index.ts', args),
  screenshots: async (args) => {
    await ensureBuilt('renderer');
    return script('e2e/screenshots.ts', args);
  },
  appearance: async (args) => {
    const browser = await ensureBrowser();
    await ensureBuilt('renderer');
    const cli = join(root, 'node_modules/@playwright/test/cli.js');
    const config = join(root, 'e2e/appearance.config.ts');
    return runInPlace(projectNode(), [cli, 'test', '--config', config, '--reporter=list', ...args], { env: { NETWRIGHT_BROWSER: browser } });
  },
  'conformance:gpu': conformanceOnGpu,
  package: async (args) => {
    await ensureBuilt('renderer');
    await ensureBuilt('electron');
    return runInPlace(projectNode(), [join(root, 'node_modules/electron-builder/cli.js'), '--publish', 'never', ...args]);
  },
};

/**
 * @param {string} path
 * @param {string[]} args
 */
function script(path, args) {
  if (!existsSync(join(root, path))) throw new SetupError(`There is no ${path} in this clone.`);
  return runInPlace(projectNode(), ['--disable-warning=ExperimentalWarning', join(root, path), ...args]);
}

/** @param {string[]} words */
async function main([name = '', ...args]) {
  const command = commands[name];
  if (!command) throw new SetupError(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
  await ensureInstalled();
  return command(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
