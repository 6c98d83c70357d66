// Everything `npm test` and `npm run check` run, one after another, and the sum of their results.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { buildFolder, projectNode, root, SetupError, say } from './paths.mjs';
import { runInPlace } from './processes.mjs';
import { ensureTensorflow } from './tensorflow.mjs';
import { findVulkan } from './vulkan.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const reports = join(buildFolder, 'reports');
const tool = {
  tsc: join(root, 'node_modules/typescript/bin/tsc'),
  biome: join(root, 'node_modules/@biomejs/biome/bin/biome'),
  knip: join(root, 'node_modules/knip/bin/knip.js'),
  vitest: join(root, 'node_modules/vitest/vitest.mjs'),
  playwright: join(root, 'node_modules/@playwright/test/cli.js'),
};

/** Types, lint, walls, dead code. @returns {Promise<number>} exit status */
export function check() {
  return sumUp([...staticChecks()]);
}

/** All checks and all tests. @returns {Promise<number>} exit status */
export function test() {
  return sumUp([...staticChecks(), unitTestsWithEngines, endToEndTests]);
}

function staticChecks() {
  return [
    () => single('Types', [tool.tsc, '-b']),
    () => single('Lint', [tool.biome, 'check', '--error-on-warnings']),
    () => unitTests('walls'),
    () => single('Dead code', [tool.knip]),
  ];
}

/**
 * @param {(() => Promise<Count>)[]} steps
 * @returns {Promise<number>} exit status
 */
async function sumUp(steps) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    const { passed, failed, skipped } = await step();
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return sum.failed === 0 ? 0 : 1;
}

/**
 * A tool that says yes or no counts as one test.
 * @param {string} title
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function single(title, args) {
  say(`\n== ${title}`);
  return asCount((await runTool(args)) === 0);
}

/** @param {boolean} passed @returns {Count} */
function asCount(passed) {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * Tools write to our standard output; the closing line comes last because they have ended by then.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function runTool(args, env) {
  return runInPlace(projectNode(), args, { env });
}

/**
 * @param {'unit' | 'walls'} project
 * @param {Record<string, string>} [env]
 * @returns {Promise<Count>}
 */
async function unitTests(project, env) {
  say(project === 'walls' ? '\n== Walls' : '\n== Unit tests');
  const report = freshReport(project);
  const status = await runTool([tool.vitest, 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], env);
  return countReport(report, status, countVitest);
}

/** The unit tests, with TensorFlow where it can be had; where the registry is there but TensorFlow cannot be installed, that is a failure of its own. @returns {Promise<Count>} */
async function unitTestsWithEngines() {
  say('\n== TensorFlow, for the tests');
  const { folder, failed } = await ensureTensorflow();
  const count = await unitTests('unit', { ...(await vulkanForTests(false)), ...(folder ? { NETWRIGHT_TEST_TENSORFLOW: folder } : {}) });
  return failed ? { ...count, failed: count.failed + 1 } : count;
}

/** The environment in which tests find a device to compute on; a line says which, or that there is none. @param {boolean} wantsCard @returns {Promise<Record<string, string>>} */
async function vulkanForTests(wantsCard) {
  const browser = await ensureBrowser().catch(() => null);
  const vulkan = findVulkan(process.platform, process.env, browser, wantsCard);
  say(
    vulkan
      ? `The graphics card's part is tested on ${vulkan.title}.`
      : 'The graphics card is ABSENT from these tests: no Vulkan driver, no Chromium that brings one.',
  );
  return vulkan ? { ...vulkan.env, NETWRIGHT_TEST_VULKAN: vulkan.title } : {};
}

/** The whole conformance of ONNX Runtime on a graphics card, or on software in its place. @param {string[]} args to vitest @returns {Promise<number>} exit status */
export async function conformanceOnGpu(args) {
  const env = await vulkanForTests(true);
  if (!env['NETWRIGHT_TEST_VULKAN']) return 1;
  return runTool([tool.vitest, 'run', '--project', 'gpu', '--reporter=verbose', ...args], env);
}

/** @returns {Promise<Count>} */
async function endToEndTests() {
  say('\n== End-to-end tests');
  try {
    const browser = await ensureBrowser();
    await ensureBuilt('renderer');
    const report = freshReport('e2e');
    const env = { NETWRIGHT_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const status = await runTool([tool.playwright, 'test', '--config', join(root, 'e2e/playwright.config.ts'), '--reporter=list,json'], env);
    return countReport(report, status, countPlaywright);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return asCount(false);
  }
}

/** @param {string} name */
function freshReport(name) {
  const path = join(reports, `${name}.json`);
  mkdirSync(reports, { recursive: true });
  rmSync(path, { force: true });
  return path;
}

/**
 * A run that failed without a failing test (it crashed, found no test, an error outside any test) or left no report is one failure.
 * @template Report what the tool writes, known to `read` alone
 * @param {string} path
 * @param {number} status
 * @param {(report: Report) => Count} read
 * @returns {Count}
 */
export function countReport(path, status, read) {
  const count = existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * Test files that could not be loaded hold no test; each counts as a failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Count}
 */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((result) => result.status !== 'failed')).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report
 * @returns {Count}
 */
export function countPlaywright({ stats: { expected, unexpected, flaky, skipped } }) {
  return { passed: expected, failed: unexpected + flaky, skipped };
}
