// The set-up's decisions; what it starts (npm, vite, browsers) is tried by whoever runs `npm test` on a fresh clone.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { candidates } from './browser.mjs';
import { hashSources } from './build.mjs';
import { countPlaywright, countReport, countVitest } from './checks.mjs';
import { whyNoWindow } from './electronBinary.mjs';
import { explainNpm, matchesLock } from './install.mjs';
import { withLock } from './lock.mjs';
import { run } from './processes.mjs';
import { reasonOf } from './tensorflow.mjs';
import { findVulkan } from './vulkan.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netwright-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('why an engine could not be installed is read from what the command said last', () => {
  const said = '{"event":"progress","step":"Downloading"}\n{"event":"error","code":"engine-unreachable","message":"No network."}\nnetwright: No network.\n';
  expect(reasonOf(said)).toEqual({ code: 'engine-unreachable', message: 'No network.' });
  expect(reasonOf('Killed')).toBeNull();
});

describe('the lock', () => {
  const path = () => join(folder, 'setup.lock');

  test('lets one in after the other, and goes away', async () => {
    const order: string[] = [];
    const enter = (name: string) =>
      withLock(path(), async () => {
        order.push(`${name} in`);
        await new Promise(setImmediate);
        order.push(`${name} out`);
      });
    await enter('a');
    await enter('b');
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(existsSync(path())).toBe(false);
  });

  test('is freed by a failure inside', async () => {
    await expect(withLock(path(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(path(), async () => 'free')).toBe('free');
  });

  test('of a dead process is taken over', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    writeFileSync(path(), String(dead.pid));
    expect(await withLock(path(), async () => readFileSync(path(), 'utf8'))).toBe(String(process.pid));
  });

  test('of a process that has long been silent is taken over, its number being somebody else’s now', async () => {
    writeFileSync(path(), String(process.ppid));
    utimesSync(path(), new Date(0), new Date(0));
    expect(await withLock(path(), async () => 'mine')).toBe('mine');
  });

  test('keeps other processes out while it is held', async () => {
    const module = join(import.meta.dirname, 'lock.mjs');
    const log = join(folder, 'log');
    const script = `import { withLock } from ${JSON.stringify(module)}; import { appendFileSync, readFileSync, existsSync } from 'node:fs';
      await withLock(${JSON.stringify(path())}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
        appendFileSync(${JSON.stringify(log)}, 'out ');
      });`;
    const children = [1, 2, 3, 4].map(() => spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }));
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(ends.map(([status]) => status)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
  });
});

describe('dependencies', () => {
  const wanted = { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/win': { version: '1.0.0', optional: true } };

  test('count as installed when npm noted the same, other systems’ packages aside', () => {
    expect(matchesLock(wanted, { 'node_modules/a': { version: '1.0.0', integrity: 'x' } })).toBe(true);
  });

  test.each([
    ['nothing is there', null],
    ['one is missing', {}],
    ['one is older', { 'node_modules/a': { version: '0.9.0', integrity: 'x' } }],
    ['one has other bytes', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
    ['one is too many', { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.0.0' } }],
  ])('do not when %s', (_, installed) => {
    expect(matchesLock(wanted, installed)).toBe(false);
  });

  test.each([
    ['npm error code ENOTFOUND', /registry could not be reached/],
    ['npm error code EUSAGE', /do not say the same/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code E403', /refused/],
    ['npm error code EWHATEVER', /stands below/],
  ])('%s is explained, npm’s own words kept', (output, sentence) => {
    expect(explainNpm(output)).toMatch(sentence);
    expect(explainNpm(output)).toContain(output);
  });
});

describe('results', () => {
  const file = (status: string, ...results: string[]) => ({ status, assertionResults: results.map((result) => ({ status: result })) });

  test('of unit tests count files that could not be loaded', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [file('passed', 'passed'), file('failed', 'failed'), file('failed')],
    };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test('of end-to-end tests count a flaky one as failed', () => {
    expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  test('are a failure when a runner fails without a failing test, or leaves no report', () => {
    const report = join(folder, 'report.json');
    writeFileSync(report, JSON.stringify({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 } }));
    expect(countReport(report, 0, countPlaywright)).toEqual({ passed: 4, failed: 0, skipped: 0 });
    expect(countReport(report, 1, countPlaywright)).toEqual({ passed: 4, failed: 1, skipped: 0 });
    expect(countReport(join(folder, 'none.json'), 1, countPlaywright)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countReport(join(folder, 'none.json'), 0, countPlaywright)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

test('a window needs a display on Linux and no root', () => {
  expect(whyNoWindow('linux', {}, false)).toMatch(/display/);
  expect(whyNoWindow('linux', { DISPLAY: ':0' }, true)).toMatch(/root/);
  expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, false)).toBeNull();
  expect(whyNoWindow('darwin', {}, false)).toBeNull();
});

test('a browser is looked for where the person said, then on the path', () => {
  writeFileSync(join(folder, 'chromium'), '');
  writeFileSync(join(folder, 'mine'), '');
  expect(candidates('linux', { PATH: folder, NETWRIGHT_BROWSER: join(folder, 'mine') })).toEqual([join(folder, 'mine'), join(folder, 'chromium')]);
  expect(candidates('linux', { PATH: folder, NETWRIGHT_BROWSER: join(folder, 'gone') })).toEqual([join(folder, 'chromium')]);
  expect(candidates('linux', { PATH: '' })).toEqual([]);
});

test('a Vulkan driver is the one that is named, else the one beside the browser', () => {
  for (const name of ['chromium', 'vk_swiftshader_icd.json', 'libvulkan.so.1']) writeFileSync(join(folder, name), '');
  const browser = join(folder, 'chromium');
  expect(findVulkan('linux', { VK_ICD_FILENAMES: '/mine.json' }, browser, false)?.env).toEqual({});
  const found = findVulkan('linux', { XDG_RUNTIME_DIR: '/run/me' }, browser, false);
  expect(found?.title).toContain('SwiftShader');
  expect(found?.env).toMatchObject({ VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), XDG_RUNTIME_DIR: '/run/me' });
  expect(findVulkan('darwin', {}, browser, false)).toBeNull();
});

test('sources have one hash, which other sources do not have', () => {
  expect(hashSources(['main/setup'])).toBe(hashSources(['main/setup']));
  expect(hashSources(['main/setup/lock.mjs'])).not.toBe(hashSources(['main/setup/build.mjs']));
  expect(hashSources(['main/setup/none.mjs'])).toBe(hashSources([]));
});

describe('a program', () => {
  const node = (script: string, options = {}) => run(process.execPath, ['-e', script], options);

  test('gives its status and what it wrote', async () => {
    expect(await node('console.log("out"); console.error("err"); process.exitCode = 3')).toMatchObject({
      status: 3,
      output: expect.stringMatching(/out\nerr|err\nout/),
      timedOut: false,
    });
  });

  test('that hangs is ended', async () => {
    expect(await node('setInterval(() => {}, 1000)', { limit: 300 })).toMatchObject({ timedOut: true, status: 137 });
    expect(await node('console.log("begun"); setInterval(() => {}, 1000)', { quietLimit: 600 })).toMatchObject({ timedOut: true, status: 137 });
  });

  test('that is not there is said to be so', async () => {
    expect(await run(join(folder, 'none'), [])).toMatchObject({ status: 127, output: expect.stringContaining('ENOENT') });
  });
});
