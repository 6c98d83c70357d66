// A live sample through the network: as soon as it is valid, untrained and trained, from the data and drawn by hand.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const panel = (app: App) => app.page.getByRole('complementary', { name: 'Sample' });
const layers = (app: App) => panel(app).getByRole('list', { name: 'What every layer gives' });
const answer = (app: App) => layers(app).locator('[class*="bars"]').textContent();

test('every layer of a CNN shows what it makes of a digit; another digit changes it; what is broken is said', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(layers(app).getByRole('img', { name: 'What conv_1 gives: 26 × 26 × 32' })).toBeVisible();
  await expect(layers(app).getByRole('button')).toHaveCount(8);
  await app.select('conv_2');
  await expect(app.inspector()).toContainText('Receptive field8 × 8of the input');
  await app.page.keyboard.press('Escape');
  const first = await answer(app);
  await app.action('Next sample').click();
  await expect.poll(() => answer(app)).not.toBe(first);
  await layers(app)
    .getByRole('button', { name: /^conv_2/ })
    .click();
  await expect(app.layer('conv_2')).toHaveClass(/selected/);
  await app.page.keyboard.press('Delete');
  await expect(panel(app)).toContainText('As soon as the network is valid.');
  await app.undo(1);
  await expect(layers(app).getByRole('button')).toHaveCount(8);
});

test('the arithmetic of one window, and of the unit that a press points at', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await layers(app)
    .getByRole('button', { name: /^conv_1/ })
    .click();
  await app.action('Show the arithmetic of the strongest unit').click();
  const sum = panel(app).getByRole('region', { name: 'Arithmetic of conv_1' });
  await expect(sum).toContainText('3 smaller products');
  await expect(sum.getByRole('row')).toHaveCount(10);
  const first = await sum.getByRole('heading').textContent();
  await layers(app)
    .getByRole('img', { name: /^What conv_1 gives/ })
    .click({ position: { x: 20, y: 20 } });
  await expect(sum.getByRole('heading')).not.toHaveText(first ?? '');
  await expect(sum.getByRole('heading')).toContainText('filter 0');
});

test('a network of sequences shows its steps as a picture, on the layer too, and its answer as bars', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'LSTM' }).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(layers(app).getByRole('img', { name: /^What rows gives: 28 × 28/ })).toBeVisible();
  await expect(app.layer('rows').locator('img')).toBeVisible();
  await expect(layers(app).locator('[class*="bars"]').getByRole('listitem')).toHaveCount(10);
});

test('a digit drawn by hand goes through', async ({ app }) => {
  await app.page.keyboard.press('Shift+s');
  await panel(app).getByRole('radio', { name: 'Drawn' }).click();
  const sheet = await panel(app).getByRole('img', { name: 'Sheet to draw on with the pointer' }).boundingBox();
  if (!sheet) throw new Error('There is no sheet.');
  await app.drag({ x: sheet.x + 80, y: sheet.y + 24 }, { x: sheet.x + 88, y: sheet.y + 140 });
  await expect(layers(app).getByRole('img', { name: /^What image gives: 28 × 28, from 0 to 1$/ })).toBeVisible();
  await app.action('Clear').click();
  await expect(layers(app).getByRole('img')).toHaveCount(0);
});

test('trained weights take the place of those of the start', async ({ app }) => {
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(panel(app)).toContainText('Weights as training would start, from seed 7.');
  const untrained = await answer(app);
  await app
    .action(/^Train/)
    .first()
    .click();
  await expect(panel(app)).toContainText('Weights of the last run, after epoch 5.', { timeout: 180_000 });
  await expect.poll(() => answer(app)).not.toBe(untrained);
  await panel(app).getByRole('radio', { name: 'Untrained' }).click();
  await expect.poll(() => answer(app)).toBe(untrained);
});
