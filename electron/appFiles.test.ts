import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { appFile, headersFor } from './appFiles.ts';

const folder = join(sep, 'app', 'renderer');

test.each([
  ['netwright://app/', ['index.html']],
  ['netwright://app/index.html', ['index.html']],
  ['netwright://app/assets/main-1a2b.js?v=1#x', ['assets', 'main-1a2b.js']],
  ['netwright://app/assets/Inter%20Var.woff2', ['assets', 'Inter Var.woff2']],
  ['netwright://app/assets/../index.html', ['index.html']],
])('%s is served', (address, parts) => {
  expect(appFile(address, folder)).toBe(join(folder, ...parts));
});

test.each([
  'netwright://other/index.html',
  'https://app/index.html',
  'netwright://app/%2e%2e%2fsecret.json',
  'netwright://app/..%2f..%2fsecret.json',
  'netwright://app/..%5c..%5csecret.json',
  'netwright://app/a%00.js',
  'netwright://app/%E0%A4%A.js',
  'netwright://app/project.netwright',
  'netwright://app/assets',
])('%s is not', (address) => {
  expect(appFile(address, folder)).toBeNull();
});

test('a folder whose name only begins the same is outside', () => {
  expect(appFile('netwright://app/..%2frenderer-other/a.js', folder)).toBeNull();
});

test('every answer carries the policy and its type', () => {
  const headers = headersFor('/x/main.js');
  expect(headers['content-type']).toMatch(/^text\/javascript/);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});
