// Every view as it looks, against its baseline. What it does is in the specs; whether it can be read and reached is axe's part.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const themes = ['Light', 'Dark', 'Contrast'] as const;

/** Measured times and speeds differ from run to run: they take less than a hundredth of the window. */
const measured = { maxDiffPixelRatio: 0.01 };

async function look(app: App, name: string, options: { readonly maxDiffPixelRatio?: number } = {}): Promise<void> {
  await app.page.mouse.move(720, 4);
  await expect.soft(app.page).toHaveScreenshot(`${name}.png`, options);
}

/** Opens the theme by hand, as a person chooses it. */
async function choose(app: App, theme: string): Promise<void> {
  await app.view('Setup').click();
  const setup = app.page.getByRole('dialog', { name: 'Setup' });
  await app.pick('Theme', theme, setup);
  await app.page.keyboard.press('Escape');
  await expect(setup).toBeHidden();
}

async function drawing(app: App, at: (name: string) => string): Promise<void> {
  await look(app, at('design'), measured);
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_2');
  await expect(app.inspector()).toContainText('Output shape');
  await look(app, at('layer'), measured);
  await app.openDock();
  await look(app, at('settings'), measured);
  await app.dock().getByRole('button', { name: 'Close' }).click();
  await app.action(/^Code$/).click();
  await look(app, at('code'), measured);
  await app.action(/^Code$/).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(app.page.getByRole('img', { name: 'What conv_1 gives: 26 × 26 × 32' })).toBeVisible();
  await look(app, at('sample'), measured);
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await app.page.keyboard.press('o');
  await look(app, at('outline'), measured);
  await app.page.keyboard.press('o');
}

async function over(app: App, at: (name: string) => string): Promise<void> {
  // Switched faster than the canvas glides: it is fitted to the room it has now.
  await app.page.keyboard.press('1');
  await app.page.keyboard.press('Control+k');
  await look(app, at('commands'), measured);
  await app.page.keyboard.press('Escape');
  await app.view('Help').click();
  await look(app, at('shortcuts'), measured);
  await app.page.keyboard.press('Escape');
  await app.action(/^Dataset: /).click();
  await look(app, at('datasets'), measured);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+Shift+E');
  await expect(app.page.getByRole('dialog', { name: /^Export / })).toBeVisible();
  await look(app, at('export'), measured);
  await app.page.keyboard.press('Escape');
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await look(app, at('empty'), measured);
  await app.dragFromPalette('Input', { x: 420, y: 120 });
  await app.dragFromPalette('Conv2D', { x: 420, y: 320 });
  await app.problems().first().click();
  await look(app, at('problem'), measured);
}

async function views(app: App, at: (name: string) => string): Promise<void> {
  for (const view of ['Home', 'Data', 'Race']) {
    await app.view(view).click();
    await expect(app.page.getByRole('main', { name: view })).toBeVisible();
    await look(app, at(view.toLowerCase()), measured);
  }
  await app.view('Data').click();
  await app.page.getByRole('button', { name: /^Family names/ }).click();
  await expect(app.page.getByRole('cell', { name: 'adamson' })).toBeVisible();
  await look(app, at('texts'), measured);
  await app.view('Design').click();
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
  await look(app, at('trained'), { maxDiffPixelRatio: 0.02 });
  await app.dock().getByRole('radio', { name: 'Log' }).click();
  await look(app, at('log'), { maxDiffPixelRatio: 0.02 });
}

/** Blocks, two networks against each other, what was done, what is looked for; a network that is taller than the window. */
async function further(app: App, at: (name: string) => string): Promise<void> {
  await app.view('Setup').click();
  await look(app, at('setup'), measured);
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_1');
  await app.page.keyboard.down('Shift');
  await app.layer('pool_1').click();
  await app.page.keyboard.up('Shift');
  await app.page.keyboard.press('Control+g');
  await app.page.keyboard.press('x');
  await expect(app.layer('conv_1')).toBeVisible();
  await look(app, at('block'), measured);
  await app.action('Close block_1').click();
  await app.select('block_1');
  await app.page.keyboard.press('e');
  await expect(app.page.getByRole('navigation', { name: 'Open block' })).toBeVisible();
  await look(app, at('inside'), measured);
  await app.page.keyboard.press('Shift+E');
  await app.page.keyboard.press('Control+h');
  await look(app, at('history'), measured);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('de');
  await look(app, at('find'), measured);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('compare');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('option', { name: /^MLP/ }).click();
  await expect(app.inspector()).toContainText('CNN against MLP');
  await look(app, at('compared'), measured);
  await app.view('Home').click();
  await app.page.getByRole('button', { name: /^ResNet/ }).click();
  await expect(app.layer('stem')).toBeVisible();
  await app.action('Close message').click();
  await look(app, at('tall'), measured);
}

/** A race that was run, and a run that failed. */
async function results(app: App, at: (name: string) => string): Promise<void> {
  await app.openDock();
  await app.setNumber('Epochs', 2, app.dock());
  await app.setNumber('Use only the first', 1000, app.dock());
  await app.view('Race').click();
  await app.action('Start race').click();
  const accuracy = app.page.getByRole('table', { name: 'Networks compared' }).getByRole('row', { name: /^Test accuracy/ });
  await expect(accuracy).toContainText(/%.*%.*%/s, { timeout: 180_000 });
  await look(app, at('raced'), { maxDiffPixelRatio: 0.03 });
  await app.view('Design').click();
  await app.dock().getByRole('radio', { name: 'Runs' }).click();
  await look(app, at('runs'), { maxDiffPixelRatio: 0.02 });
  await app.dock().getByRole('radio', { name: 'Curves' }).click();
  await app.dock().getByRole('radio', { name: 'Settings' }).click();
  await app.setNumber('Learning rate', 1e30, app.dock());
  await app.train();
  await expect(app.dock()).toContainText('failed', { timeout: 60_000 });
  await look(app, at('failed'), { maxDiffPixelRatio: 0.02 });
}

for (const theme of themes) {
  const at = (name: string) => `${name}-${theme.toLowerCase()}`;
  test(`the drawing, ${theme}`, async ({ app }) => {
    await choose(app, theme);
    await drawing(app, at);
    await over(app, at);
  });
  test(`the views, ${theme}`, async ({ app }) => {
    await choose(app, theme);
    await views(app, at);
  });
  test(`blocks and comparing, ${theme}`, async ({ app }) => {
    await choose(app, theme);
    await further(app, at);
  });
  test(`results, ${theme}`, async ({ app }) => {
    await choose(app, theme);
    await results(app, at);
  });
}
