// Draws icon.png from icon.svg in the Chromium that the tests use. Run by hand when the mark changes: node assets/makeIcon.mjs

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../main/setup/browser.mjs';

const size = 512;
const svg = readFileSync(join(import.meta.dirname, 'icon.svg'), 'utf8');

const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined });
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(import.meta.dirname, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
