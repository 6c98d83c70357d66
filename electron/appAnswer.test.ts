import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appAnswer } from './appAnswer.ts';

let home = '';
let folder = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'netwright-scheme-'));
  folder = join(home, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(home, 'renderer-other'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'Inter Var.woff2'), 'font');
  writeFileSync(join(folder, 'project.netwright'), '{}');
  writeFileSync(join(home, 'secret.json'), '{}');
  writeFileSync(join(home, 'renderer-other', 'a.js'), '');
  symlinkSync(join(home, 'secret.json'), join(folder, 'link.json'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([
  ['netwright://app/', 'text/html; charset=utf-8'],
  ['netwright://app/index.html', 'text/html; charset=utf-8'],
  ['netwright://app/assets/main-1a2b.js?v=1#x', 'text/javascript; charset=utf-8'],
  ['netwright://app/assets/Inter%20Var.woff2', 'font/woff2'],
  ['netwright://app/assets/../index.html', 'text/html; charset=utf-8'],
])('%s is served, with the policy', async (address, type) => {
  const answer = await appAnswer(folder, address, 'GET');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  'netwright://other/index.html',
  'https://app/index.html',
  'netwright://app/%2e%2e%2fsecret.json',
  'netwright://app/..%2fsecret.json',
  'netwright://app/..%5csecret.json',
  'netwright://app/..%2frenderer-other/a.js',
  'netwright://app/link.json',
  'netwright://app/index.html%00.js',
  'netwright://app/%E0%A4%A.js',
  'netwright://app/project.netwright',
  'netwright://app/assets',
  'netwright://app/none.js',
])('%s is not', async (address) => {
  expect((await appAnswer(folder, address, 'GET')).status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is not answered', async (method) => {
  expect((await appAnswer(folder, 'netwright://app/index.html', method)).status).toBe(404);
});
