import { expect, test } from 'vitest';
import { isKnownLink, links } from './links.ts';
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

test('only addresses that the app itself names are opened outside', () => {
  expect(isKnownLink(links.keras)).toBe(true);
  expect(isKnownLink('https://keras.io/api/layers/core_layers/dense/')).toBe(true);
  for (const address of ['https://keras.io/', `${links.keras}?x`, 'https://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', ''])
    expect(isKnownLink(address)).toBe(false);
});
