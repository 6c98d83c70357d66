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
  const name = app.inspector().getByLabel('Name', { exact: true });
  await name.fill('Ü'.repeat(65));
  await expect(app.inspector()).toContainText('A name has 1 to 64 characters.');
  await name.press('Escape');
  await units.fill('1000000');
  await units.press('Enter');
  await expect(app.layer('hidden')).toContainText('1,000,000 units');
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

test('a slider goes in steps, dragged it is one change; what is out of range is said; the formula stands there with a link to its page', async ({ app }) => {
  await app.select('hidden');
  const slider = app.inspector().getByRole('slider', { name: 'Units, slider' });
  await slider.focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowRight');
  await expect(app.layer('hidden')).not.toContainText('512 units');
  await app.undo(2);
  await expect(app.layer('hidden')).toContainText('512 units');
  // Dragged with the mouse, too.
  const track = await slider.locator('xpath=ancestor::*[contains(@class,"track")]').boundingBox();
  const y = (track?.y ?? 0) + (track?.height ?? 0) / 2;
  await app.drag({ x: (track?.x ?? 0) + (track?.width ?? 0) * 0.7, y }, { x: (track?.x ?? 0) + 1, y });
  await expect(app.layer('hidden')).toContainText('1 unit ');
  await app.undo();
  await expect(app.layer('hidden')).toContainText('512 units');
  const units = app.inspector().getByLabel('Units', { exact: true });
  await units.fill('0');
  await expect(app.inspector()).toContainText(/Units .*1/);
  await expect(units).toHaveAttribute('aria-invalid', 'true');
  await units.press('Escape');
  await expect(app.inspector().getByRole('img', { name: 'y = activation(x · W + b)' })).toBeVisible();
  await expect(app.inspector().getByRole('link', { name: 'Definition of Dense' })).toHaveAttribute('href', /keras\.io/);
});

test('an activation shows its curve and its derivative', async ({ app }) => {
  await app.select('hidden');
  await app.pick('Activation', 'tanh');
  await expect(app.inspector().getByRole('img', { name: 'tanh from −3 to 3, with its derivative' })).toBeVisible();
  await expect(app.inspector().getByRole('img', { name: 'y = (e^x - e^(-x)) / (e^x + e^(-x))' })).toBeVisible();
});

test('a mask that comes in, directions apart, the axis of a norm, Lamb: each is set by hand, and stands in the code', async ({ app, page }) => {
  const add = async (words: string) => {
    const list = page.getByRole('dialog', { name: 'Add a layer' });
    await page.keyboard.press('/');
    await expect(list).toBeVisible();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(list).toBeHidden();
  };
  const advanced = () =>
    app
      .inspector()
      .getByRole('button', { name: /^Advanced/ })
      .click();
  await app.action('New network').click();
  await app.canvas().click({ position: { x: 300, y: 300 } });
  for (const words of ['input', 'multi head attention', 'bidirectional', 'dense']) await add(words);
  await app.select('dense_1');
  await app.pick('Activation', 'softmax');
  await app.setNumber('Units', 10);
  await advanced();
  await app.choose('Kernel constraint', /^largest norm/);
  await app.choose('Norm over', /^last axis/);
  await app.select('bidirectional_1');
  await app.choose('Together', /^apart/);
  await expect(app.layer('bidirectional_1')).toContainText('apart');
  await expect(app.layer('dense_1')).toContainText('10');
  await app.openDock();
  await app.choose('Optimizer', /^Lamb/, app.dock());
  await expect(app.problems()).toHaveCount(0);
  await app.dock().getByRole('button', { name: 'Close' }).click();
  await app.action(/^Code$/).click();
  const code = page.getByRole('region', { name: 'Code of the network' });
  await expect(code).toContainText('merge_mode=None');
  await expect(code).toContainText(/MaxNorm\(.*axis=1/);
  await expect(code).toContainText('keras.optimizers.Lamb');
  await app.action(/^Code$/).click();

  // A mask is one input more, which says so until something is connected to it.
  await app.select('multi_head_attention_1');
  const mask = app.inspector().getByRole('switch', { name: 'Mask comes in' });
  await mask.press('Space');
  // A press on its word turns a switch as well.
  for (const isOn of [false, true]) {
    await app.inspector().getByText('Mask comes in', { exact: true }).click();
    await expect(mask).toBeChecked({ checked: isOn });
  }
  await app.canvas().getByRole('button', { name: 'Problem at multi_head_attention_1' }).click();
  await expect(page.getByRole('dialog', { name: 'Problem' })).toContainText('Mask');
  await app.undo();
  await expect(app.problems()).toHaveCount(0);
});
