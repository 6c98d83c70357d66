// The README's pictures, made from the real app: the empty network, a mistake with its message, a run, a trained race, the data; light and dark.
// `npm run screenshots`. Looks only; what must hold is in the specs.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, expect } from '@playwright/test';
import { findBrowser } from '../main/setup/browser.mjs';
import { App } from './drivers/app.ts';
import { startServer } from './drivers/server.ts';

const folder = join(import.meta.dirname, '..', 'assets', 'screenshots');
const themes = ['light', 'dark'] as const;
const size = { width: 1440, height: 900 };

/** Opens the app in a theme, as the system asks for it. */
async function open(
  browser: Browser,
  theme: (typeof themes)[number],
  journey: (app: App, picture: (name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const server = await startServer();
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' });
  try {
    const app = new App(await context.newPage(), []);
    await app.open(server.address);
    await journey(app, async (name) => {
      await app.page.mouse.move(0, 0);
      await app.page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
    });
  } finally {
    await context.close();
    await server.stop();
  }
}

async function emptyAndError(app: App, picture: (name: string) => Promise<void>): Promise<void> {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await picture('empty');
  await app.dragFromPalette('Input', { x: 420, y: 80 });
  await app.dragFromPalette('Conv2D', { x: 420, y: 200 });
  await app.dragFromPalette('Add', { x: 420, y: 360 });
  await app.dragFromPalette('Flatten', { x: 420, y: 480 });
  await app.dragFromPalette('Dense', { x: 420, y: 600 });
  await app.connect('input_1', 'conv2d_1');
  await app.connect('conv2d_1', 'add_1');
  await app.connect('input_1', 'add_1', 2);
  await app.connect('add_1', 'flatten_1');
  await app.connect('flatten_1', 'dense_1');
  await app.problems().first().click();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toBeVisible();
  await picture('error');
}

async function raceAndRun(app: App, picture: (name: string) => Promise<void>): Promise<void> {
  await picture('design');
  await app.view('Race').click();
  await app.action('Start race').click();
  await expect(app.page.getByRole('table', { name: 'Networks compared' }).getByRole('row', { name: /^Test accuracy/ })).toContainText(/%.*%.*%/s, {
    timeout: 300_000,
  });
  await picture('race');
  await app.view('Design').click();
  await app.page.getByRole('tab', { name: /CNN/ }).click();
  await app.openDock();
  await app.dock().getByText('Run', { exact: true }).click();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible();
  await picture('training');
  await app.view('Data').click();
  await expect(app.page.getByRole('main', { name: 'Data' }).getByRole('img', { name: /^Sample 1: / })).toBeVisible();
  await picture('data');
  await app.view('Home').click();
  await expect(app.page.getByRole('main', { name: 'Home' })).toBeVisible();
  await picture('home');
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.NETWRIGHT_BROWSER ?? findBrowser() ?? undefined,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  for (const theme of themes) {
    await open(browser, theme, emptyAndError);
    await open(browser, theme, raceAndRun);
  }
} finally {
  await browser.close();
}
