// Every view as it looks, against its baseline. What it does is in the specs; whether it can be read and reached is axe's part.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';
import { command, look, selectAll, timesOfRun } from './looking.ts';

const cnn = (app: App) => app.page.getByRole('tab', { name: 'CNN' }).click();

test('the drawing and its panels', async ({ app }) => {
  await look(app, 'design', { contrast: true });
  await cnn(app);
  await app.select('conv_2');
  await expect(app.inspector()).toContainText('Output shape');
  await look(app, 'layer', { contrast: true });
  await app.openDock();
  await look(app, 'settings', { contrast: true });
  await app.dock().getByRole('button', { name: 'Close' }).click();
  await app.action(/^Code$/).click();
  await look(app, 'code', { contrast: true });
  await app.page.getByRole('radio', { name: 'PyTorch' }).click();
  await look(app, 'code-pytorch');
  await app.page.getByRole('radio', { name: 'JSON' }).click();
  await look(app, 'code-json');
  await app.action(/^Code$/).click();
  await app.page.keyboard.press('o');
  await app.page.getByRole('treeitem', { name: /^conv_2/ }).click();
  await look(app, 'outline', { contrast: true });
});

test('a sample, its arithmetic, a drawn one, none', async ({ app }) => {
  await cnn(app);
  await app.select('conv_2');
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  const layers = app.page.getByRole('list', { name: 'What every layer gives' });
  await expect(layers.getByRole('img', { name: 'What conv_1 gives: 26 × 26 × 32' })).toBeVisible();
  await look(app, 'sample', { contrast: true });
  for (const [layer, name] of [
    ['conv_2', 'sum-window'],
    ['hidden', 'sum-unit'],
  ] as const) {
    await app.select(layer);
    await app.action('Show the arithmetic of the strongest unit').click();
    const sum = app.page.getByRole('region', { name: `Arithmetic of ${layer}` });
    await sum.getByRole('row').last().scrollIntoViewIfNeeded();
    await look(app, name);
  }
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('radio', { name: 'Drawn' }).click();
  const sheet = app.page.getByRole('img', { name: 'Sheet to draw on with the pointer' });
  await sheet.scrollIntoViewIfNeeded();
  await expect(sheet).toBeInViewport({ ratio: 1 });
  const box = await sheet.boundingBox();
  await app.drag({ x: (box?.x ?? 0) + 80, y: (box?.y ?? 0) + 24 }, { x: (box?.x ?? 0) + 88, y: (box?.y ?? 0) + 140 });
  await expect(layers.getByRole('img', { name: /^What image gives/ })).toBeVisible();
  await look(app, 'sample-drawn');
  await app.select('flatten');
  await app.page.keyboard.press('Delete');
  await expect(app.page.getByText('As soon as the network is valid.')).toBeVisible();
  await look(app, 'sample-none');
});

test('what lies over the window', async ({ app }) => {
  await cnn(app);
  await app.select('conv_2');
  await app.page.keyboard.press('Control+k');
  await look(app, 'commands', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.view('Help').click();
  await look(app, 'shortcuts', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.action(/^Dataset: /).click();
  await look(app, 'datasets', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+Shift+E');
  await expect(app.page.getByRole('dialog', { name: /^Export / })).toBeVisible();
  await look(app, 'export', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.view('Setup').click();
  await look(app, 'setup', { contrast: true });
  await app.page.keyboard.press('Escape');
  for (const [button, name] of [
    [/^Project /, 'menu-project'],
    [/^CNN: rename/, 'menu-network'],
    [/^Engine: /, 'menu-engine'],
    ['More ways to train', 'menu-train'],
    ['Shown on each layer', 'menu-figures'],
  ] as const) {
    await app.action(button).click();
    await expect(app.page.getByRole('menu')).toBeVisible();
    await look(app, name);
    await app.page.keyboard.press('Escape');
  }
});

test('blocks, history, what is looked for, two networks against each other', async ({ app }) => {
  await cnn(app);
  await selectAll(app, ['conv_1', 'pool_1']);
  await app.page.keyboard.press('Control+g');
  await app.page.keyboard.press('x');
  await expect(app.layer('conv_1')).toBeVisible();
  await look(app, 'block', { contrast: true });
  await app.action('Close block_1').click();
  await app.select('block_1');
  await look(app, 'block-closed');
  await app.page.keyboard.press('e');
  await expect(app.page.getByRole('navigation', { name: 'Open block' })).toBeVisible();
  await look(app, 'inside', { contrast: true });
  await app.page.keyboard.press('Shift+E');
  await app.page.keyboard.press('Control+h');
  await look(app, 'history', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('de');
  await look(app, 'find', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('compare');
  await app.page.keyboard.press('Enter');
  await look(app, 'compare-with');
  await app.page.getByRole('option', { name: /^MLP/ }).click();
  await expect(app.inspector()).toContainText('CNN against MLP');
  await look(app, 'compared', { contrast: true });
});

test('home and the data of each kind', async ({ app }) => {
  for (const view of ['Home', 'Data', 'Race']) {
    await app.view(view).click();
    await expect(app.page.getByRole('main', { name: view })).toBeVisible();
    if (view === 'Data') await expect(app.page.getByRole('img', { name: /^Sample 1: / })).toBeVisible();
    await look(app, view.toLowerCase(), { contrast: true });
  }
  await app.view('Data').click();
  await app.page.getByRole('button', { name: /^Family names/ }).click();
  await expect(app.page.getByRole('cell', { name: 'adamson' })).toBeVisible();
  await look(app, 'texts', { contrast: true });
  for (const [dataset, name] of [
    [/^Two spirals/, 'points'],
    [/^Noisy sine windows/, 'series'],
    [/^Shapes to cut out/, 'masks'],
  ] as const) {
    await app.page.getByRole('button', { name: dataset }).click();
    await expect(app.page.getByRole('heading', { level: 1, name: dataset })).toBeVisible();
    await expect(app.page.getByRole('main').getByText(/^Samples 1 to/)).toBeVisible();
    await look(app, name);
  }
  // What a template takes the place of was changed: it is kept among the recent projects.
  await app.view('Design').click();
  await app.select('hidden');
  await app.setNumber('Units', 64);
  await app.view('Home').click();
  await app.page.getByRole('button', { name: /^Two spirals/ }).click();
  await app.action('Close message').click();
  await app.view('Home').click();
  await expect(app.page.getByRole('region', { name: 'Recent projects' }).getByRole('listitem')).toHaveCount(1);
  await look(app, 'home-second', { measured: [app.page.locator('time')] });
});

test('the tour at its first step, in its middle, at its end', async ({ app }) => {
  const tour = app.page.getByRole('dialog', { name: 'Tour' });
  await app.action('New here? Tour of one minute').click();
  await look(app, 'tour-first', { contrast: true });
  await tour.getByRole('button', { name: 'Next' }).click();
  await app.select('hidden');
  await expect(tour).toContainText('Set it');
  await look(app, 'tour-set');
  await tour.getByRole('button', { name: 'Leave it as it is' }).click();
  await look(app, 'tour-train');
  await tour.getByRole('button', { name: 'Train' }).click();
  await expect(tour).toContainText('It is trained', { timeout: 60_000 });
  await look(app, 'tour-last', { measured: [timesOfRun(app)] });
});

test('in a narrow window, and at 200 %', async ({ app }) => {
  await app.page.setViewportSize({ width: 1024, height: 700 });
  await look(app, 'narrow', { contrast: true });
  await app.page.getByRole('button', { name: 'Convolution' }).click();
  await look(app, 'narrow-palette');
  await app.page.keyboard.press('Escape');
  await app.select('hidden');
  await app.openDock();
  await look(app, 'narrow-dock');
  await app.page.setViewportSize({ width: 720, height: 450 });
  await look(app, 'zoomed');
});

test('in German', async ({ app }) => {
  await command(app, 'Deutsch');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'de');
  await app.select('hidden');
  await app.page.keyboard.press('t');
  await look(app, 'german');
  await app.page.getByRole('navigation', { name: 'Ansichten' }).getByRole('button', { name: 'Daten' }).click();
  await look(app, 'german-data');
});
