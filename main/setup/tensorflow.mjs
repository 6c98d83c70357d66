// TensorFlow for the tests, installed by the very command that people use, into the build folder: once, since it takes a minute or two.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, projectNode, root, say } from './paths.mjs';
import { run } from './processes.mjs';

const home = join(buildFolder, 'engines');
const folder = join(home, 'data', 'engines', 'tensorflow');
const minutes = 60_000;

/** Where it is set, tests without TensorFlow have failed, whatever the reason: nobody reads a line in the middle of what CI says. */
const isRequired = () => process.env['NETWRIGHT_REQUIRE_TENSORFLOW'] === '1';

/**
 * The folder of a working TensorFlow, or null with a line that says why. Only where the registry cannot be reached is that no failure, and not in CI.
 * @returns {Promise<{ folder: string | null, failed: boolean }>}
 */
export async function ensureTensorflow() {
  if (existsSync(join(folder, 'engine.json'))) return { folder, failed: false };
  say('Installing TensorFlow for the tests (once) …');
  const cli = ['--disable-warning=ExperimentalWarning', join(root, 'main/cli/netwright.ts'), 'engines', 'install', 'tensorflow', '--json'];
  const { status, output, timedOut } = await run(projectNode(), cli, { env: { NETWRIGHT_HOME: home }, limit: 10 * minutes });
  if (status === 0) return { folder, failed: false };
  const reason = reasonOf(output) ?? { code: '', message: timedOut ? 'It took more than ten minutes.' : output.trim().slice(-500) };
  const absent = reason.code === 'engine-unreachable' && !isRequired();
  say(absent ? `TensorFlow is ABSENT from these tests: ${reason.message}` : `FAILED: TensorFlow could not be installed: ${reason.message}`);
  return { folder: null, failed: !absent };
}

/**
 * The error a command with --json ends with.
 * @param {string} output
 * @returns {{ code: string, message: string } | null}
 */
export function reasonOf(output) {
  const line = output.split('\n').findLast((one) => one.startsWith('{"event":"error"'));
  try {
    const { code, message } = JSON.parse(line ?? '');
    return { code, message };
  } catch {
    return null;
  }
}
