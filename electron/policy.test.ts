import { expect, test } from 'vitest';
import { linkAddress } from '../shared/protocol/shell.ts';
import { contentSecurityPolicy, isOwnPage, isTrustedSender } from './policy.ts';

test('the policy starts from nothing and lets no foreign code in', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none';/);
  expect(contentSecurityPolicy).toContain("script-src 'self';");
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|\*|https?:/);
});

test.each([
  ['netwright://app/index.html', true],
  ['netwright://app/', true],
  ['netwright://other/index.html', false],
  ['netwright://app.evil/index.html', false],
  ['netwright://user@app/index.html', false],
  ['https://app/index.html', false],
  ['file:///etc/passwd', false],
  ['about:blank', false],
  ['nonsense', false],
  ['', false],
])('%s is our page: %s', (address, own) => {
  expect(isOwnPage(address)).toBe(own);
});

test('only the window itself may send, no frame inside it and none that is gone', () => {
  const url = 'netwright://app/index.html';
  expect(isTrustedSender({ url, parent: null })).toBe(true);
  expect(isTrustedSender({ url, parent: { url } })).toBe(false);
  expect(isTrustedSender({ url: 'https://example.org/', parent: null })).toBe(false);
  expect(isTrustedSender(null)).toBe(false);
});

test('links are opened by id from the list only', () => {
  expect(linkAddress('keras')).toMatch(/^https:\/\/keras\.io\//);
  for (const id of ['https://example.org', 'toString', '__proto__', 7, null, undefined]) expect(linkAddress(id)).toBeNull();
});
