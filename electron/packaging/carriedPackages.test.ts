// What the installed app carries of TensorFlow's package is enough to load it, up to the part that is installed later.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carriedPackages } from './carriedPackages.mjs';

const root = join(import.meta.dirname, '..', '..');
const loaded = '@tensorflow/tfjs-node-gpu';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netwright-carried-'));
  for (const path of carriedPackages(join(root, 'node_modules'))) cpSync(path, join(folder, relative(root, path)), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('everything is found but the addon', () => {
  const script = join(folder, 'load.cjs');
  writeFileSync(
    script,
    `const util = require('node:util'); util.isNullOrUndefined ??= (value) => value == null;
     try { require(${JSON.stringify(loaded)}); } catch (error) { process.stdout.write(String(error.message)); }`,
  );
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(stdout).toMatch(/native addon module \(tfjs_binding\.node\) can not be found/);
});

test('the headers are there', () => {
  expect(statSync(join(folder, 'node_modules/node-api-headers/include/node_api.h')).size).toBeGreaterThan(1000);
});
