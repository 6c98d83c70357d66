// Setting layers: sums, sizes in one field, several layers at once, pictures of functions, back to the default.

import { expect, test } from '../drivers/test.ts';

test('a sum is worked out, a size sets both numbers, and what is wrong is said at the field', async ({ app }) => {
  await app.select('hidden');
  const units = app.inspector().getByLabel('Units', { exact: true });
  await units.fill('32*2');
  await units.press('Enter');
  await expect(app.layer('hidden')).toContainText('64 units');
  await units.fill('thirty');
  await expect(app.inspector()).toContainText('“thirty” is not a number. Write it like 128, 0.001, 1e-3 or 32*2.');
  await units.press('Escape');
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_1');
  const rows = app.inspector().getByLabel('Kernel size, rows');
  await rows.fill('5x3');
  await rows.press('Enter');
  await expect(app.layer('conv_1')).toContainText('5 × 3');
  await app.undo();
  await expect(app.layer('conv_1')).toContainText('3 × 3');
});

test('a setting is changed for several layers in one step, and given back its default', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_1');
  await app.page.keyboard.down('Shift');
  await app.select('conv_2');
  await app.page.keyboard.up('Shift');
  await expect(app.inspector()).toContainText('Parameters of all 2');
  await expect(app.inspector()).toContainText(/Filters\s*differs/);
  await app.setNumber('Filters', 24);
  await expect(app.layer('conv_1')).toContainText('24 filters');
  await expect(app.layer('conv_2')).toContainText('24 filters');
  await app.undo();
  await expect(app.layer('conv_1')).toContainText('32 filters');
  await expect(app.layer('conv_2')).toContainText('64 filters');
  await app
    .inspector()
    .getByRole('button', { name: /^Reset activation/ })
    .click();
  await expect(app.layer('conv_1')).not.toContainText('ReLU');
});

test('an activation shows its curve and its derivative', async ({ app }) => {
  await app.select('hidden');
  await app.pick('Activation', 'tanh');
  await expect(app.inspector().getByRole('img', { name: 'tanh from −3 to 3, with its derivative' })).toBeVisible();
});
